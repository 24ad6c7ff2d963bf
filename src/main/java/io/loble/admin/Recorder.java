package io.loble.admin;

import io.loble.control.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.Configuration;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/**
 * A recording of what the process does, by the JVM's flight recorder. There is one at a time. Every
 * method but {@link #reserve} blocks.
 */
final class Recorder {

  /** The JVM's settings for profiling: one to two percent of the processor. */
  private static final String SETTINGS = "profile";

  /** Of the temporary directory, but for a chunk of the JVM's. */
  static final long MAX_BYTES = 256L << 20;

  /** Of the process, whatever the number of balancers in it: they would record the same. */
  private static final AtomicBoolean TAKEN = new AtomicBoolean();

  private final AtomicBoolean released = new AtomicBoolean();
  private final Recording recording;

  private Recorder(Recording recording) {
    this.recording = recording;
  }

  /**
   * Takes the only place that there is. The caller then calls {@link #start}, which gives it back
   * when it fails, or else {@link #close} on what that returns.
   *
   * @throws CommandException for {@link io.loble.control.Reason#CONFLICT} when it is taken
   */
  static void reserve() {
    if (!TAKEN.compareAndSet(false, true)) {
      throw CommandException.conflict(
          "a profile is already being recorded; try again when it has finished");
    }
  }

  static Recorder start() throws IOException {
    try {
      if (!FlightRecorder.isAvailable()) {
        throw CommandException.unsupported("this JVM has no flight recorder");
      }
      requireWritable(Path.of(System.getProperty("java.io.tmpdir")));
      Recording recording = new Recording(Configuration.getConfiguration(SETTINGS));
      recording.setName("loble");
      // When there is more, the oldest is given up.
      recording.setMaxSize(MAX_BYTES);
      recording.start();
      return new Recorder(recording);
    } catch (ParseException e) {
      TAKEN.set(false);
      throw new IOException(e);
    } catch (IOException | RuntimeException e) {
      TAKEN.set(false);
      throw e;
    }
  }

  /** The JVM keeps what it records in files, and so is what is sent. */
  private static void requireWritable(Path directory) {
    if (!Files.isWritable(directory)) {
      throw CommandException.unavailable(
          "a recording needs a writable " + directory + "; in a container, mount a tmpfs there");
    }
  }

  /** Ends the recording and writes it to a file, which is the caller's to delete. */
  Path finish() throws IOException {
    Path file = Files.createTempFile("loble-", ".jfr");
    try {
      recording.stop();
      recording.dump(file);
      return file;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** Forgets the recording, and gives the place back. */
  void close() {
    recording.close();
    if (released.compareAndSet(false, true)) {
      TAKEN.set(false);
    }
  }
}
