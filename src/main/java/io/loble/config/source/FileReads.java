package io.loble.config.source;

import io.loble.config.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads files that another program may have replaced by something that never ends: a FIFO, a
 * device, a file on a network mount whose server is gone. They are read up to a bound, and in
 * bounded time. A read that hangs cannot be ended; until it has, that file is not read again, so
 * that each costs one thread at the most, and a further read of it fails at once.
 *
 * <p>May be used from any thread; blocks.
 */
public final class FileReads {

  /** No configuration, token or certificate is larger. */
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private static final Map<Path, UnderWay<?>> UNDER_WAY = new ConcurrentHashMap<>();

  private FileReads() {}

  /** What reads a file; in tests something else. */
  interface Reader<T> {
    T read(Path file) throws IOException;
  }

  /** There is something else than a file of that name. */
  static final class NotRegular extends IOException {

    NotRegular(String message) {
      super(message);
    }
  }

  /** A read that has not ended. */
  private record UnderWay<T>(CompletableFuture<T> content, long startNanos) {

    UnderWay() {
      this(new CompletableFuture<>(), System.nanoTime());
    }
  }

  /**
   * All of a regular file, or of one that a link leads to.
   *
   * @throws NoSuchFileException when there is none
   * @throws IOException when it is not a regular file, is too large, or is not read in time; the
   *     message says so
   */
  public static byte[] all(Path file) throws IOException {
    return all(file, named -> regular(named, MAX_BYTES), DEADLINE);
  }

  /**
   * All of what a command line names, which may be a pipe: {@code <(...)} of a shell is one.
   *
   * @throws NoSuchFileException when there is none
   * @throws IOException when it is too large, or is not read in time; the message says so
   */
  public static byte[] named(Path file) throws IOException {
    return all(file, named -> bounded(named, MAX_BYTES), DEADLINE);
  }

  /**
   * What needs several files, and is read in the time that one has.
   *
   * @param first what it is known by: another read of that file waits
   */
  static <T> T several(Path first, Reader<T> reader) throws IOException {
    return all(first, reader, DEADLINE);
  }

  static <T> T all(Path file, Reader<T> reader, Duration deadline) throws IOException {
    long startNanos = System.nanoTime();
    UnderWay<T> mine = new UnderWay<>();
    UnderWay<?> before = UNDER_WAY.putIfAbsent(file, mine);
    while (before != null) {
      // What it reads may be older than what this was asked to read.
      await(before.content().handle((c, failure) -> c), before.startNanos(), deadline);
      requireTime(startNanos, deadline);
      before = UNDER_WAY.putIfAbsent(file, mine);
    }
    start(file, reader, mine);
    return await(mine.content(), startNanos, deadline);
  }

  private static <T> void start(Path file, Reader<T> reader, UnderWay<T> mine) {
    Thread thread = new Thread(() -> read(file, reader, mine), "read " + file);
    thread.setDaemon(true);
    thread.start();
  }

  private static <T> void read(Path file, Reader<T> reader, UnderWay<T> mine) {
    try {
      T content = reader.read(file);
      UNDER_WAY.remove(file, mine);
      mine.content().complete(content);
    } catch (IOException | RuntimeException | Error e) {
      UNDER_WAY.remove(file, mine);
      mine.content().completeExceptionally(e);
    }
  }

  private static <T> T await(CompletableFuture<T> result, long startNanos, Duration deadline)
      throws IOException {
    try {
      long left = startNanos + deadline.toNanos() - System.nanoTime();
      return result.get(left, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw late(deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private static void requireTime(long startNanos, Duration deadline) throws IOException {
    if (System.nanoTime() - startNanos >= deadline.toNanos()) {
      throw late(deadline);
    }
  }

  private static IOException late(Duration deadline) {
    return new IOException("not read within " + Durations.format(deadline));
  }

  /** All of a regular file, in whatever time it takes. */
  static byte[] regular(Path file, int mostBytes) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new NotRegular(
          Files.isDirectory(file) ? "is a directory, not a file" : "is not a regular file");
    }
    return bounded(file, mostBytes);
  }

  private static byte[] bounded(Path file, int mostBytes) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(mostBytes + 1);
      if (content.length > mostBytes) {
        throw new IOException("has more than " + mostBytes / (1024 * 1024) + " MiB");
      }
      return content;
    }
  }
}
