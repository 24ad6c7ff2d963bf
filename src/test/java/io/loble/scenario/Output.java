package io.loble.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;

/** One output of a program, read as it comes. */
final class Output {

  private final StringBuilder text = new StringBuilder();
  private final Thread reader;

  private Output(InputStream stream) {
    this.reader = new Thread(() -> read(stream), "output of a program");
    reader.setDaemon(true);
  }

  static Output of(InputStream stream) {
    Output output = new Output(stream);
    output.reader.start();
    return output;
  }

  /** What has come so far, in whole lines. */
  String text() {
    synchronized (text) {
      return text.toString();
    }
  }

  /** Whether no more will come. */
  boolean hasEnded() {
    return !reader.isAlive();
  }

  void awaitEnd() throws InterruptedException {
    reader.join();
  }

  private void read(InputStream stream) {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (text) {
          text.append(line).append('\n');
        }
      }
    } catch (IOException e) {
      // The program was killed, and its output with it.
    }
  }
}
