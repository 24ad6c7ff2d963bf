package io.loble.config;

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
 * Reads files that somebody else may have replaced by something that never ends: a FIFO, a device,
 * a file on a network mount whose server is gone. Only regular files are read, up to a bound, and
 * in bounded time. A read that hangs cannot be ended; until it has, that file is not read again, so
 * that each costs one thread at the most.
 *
 * <p>May be used from any thread; blocks.
 */
public final class FileReads {

  /** No configuration, token or certificate is larger. */
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private static final Map<Path, CompletableFuture<byte[]>> UNDER_WAY = new ConcurrentHashMap<>();

  private FileReads() {}

  /** What reads a file; in tests something else. */
  interface Reader {
    byte[] read(Path file) throws IOException;
  }

  /**
   * All of a file.
   *
   * @throws NoSuchFileException when there is none
   * @throws IOException when it is not a regular file, is too large, or is not read in time; the
   *     message says so
   */
  public static byte[] all(Path file) throws IOException {
    return all(file, FileReads::regular, DEADLINE);
  }

  static byte[] all(Path file, Reader reader, Duration deadline) throws IOException {
    long endNanos = System.nanoTime() + deadline.toNanos();
    CompletableFuture<byte[]> mine = new CompletableFuture<>();
    CompletableFuture<byte[]> before = UNDER_WAY.putIfAbsent(file, mine);
    while (before != null) {
      // What it reads may be older than what this was asked to read.
      await(before.handle((content, failure) -> content), endNanos, deadline);
      before = UNDER_WAY.putIfAbsent(file, mine);
    }
    start(file, reader, mine);
    return await(mine, endNanos, deadline);
  }

  private static void start(Path file, Reader reader, CompletableFuture<byte[]> result) {
    Thread thread =
        new Thread(
            () -> {
              try {
                byte[] content = reader.read(file);
                UNDER_WAY.remove(file, result);
                result.complete(content);
              } catch (IOException | RuntimeException | Error e) {
                UNDER_WAY.remove(file, result);
                result.completeExceptionally(e);
              }
            },
            "read " + file);
    thread.setDaemon(true);
    thread.start();
  }

  private static byte[] await(CompletableFuture<byte[]> result, long endNanos, Duration deadline)
      throws IOException {
    try {
      return result.get(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("not read within " + Durations.format(deadline), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private static byte[] regular(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(
          Files.isDirectory(file) ? "is a directory, not a file" : "is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new IOException("has more than " + MAX_BYTES / (1024 * 1024) + " MiB");
      }
      return content;
    }
  }
}
