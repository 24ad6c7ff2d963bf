package io.loble.config.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only files are read, not for ever, and not without end. */
class FileReadsTest {

  private static final Duration DEADLINE = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path directory = Path.of("");

  @Test
  void a_file_is_read_through_links() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "text");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    assertThat(FileReads.all(link)).asString(UTF_8).isEqualTo("text");
    assertThat(FileReads.named(link)).asString(UTF_8).isEqualTo("text");
  }

  @Test
  void what_is_not_there_is_told_apart() {
    assertThatThrownBy(() -> FileReads.all(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
    Path dangling = directory.resolve("dangling");
    assertThatThrownBy(() -> FileReads.all(Files.createSymbolicLink(dangling, Path.of("none"))))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void neither_directories_nor_devices_are_read() {
    assertThatThrownBy(() -> FileReads.all(directory)).hasMessage("is a directory, not a file");
    assertThatThrownBy(() -> FileReads.all(Path.of("/dev/zero")))
        .hasMessage("is not a regular file");
    assertThatThrownBy(() -> FileReads.named(Path.of("/dev/zero")))
        .hasMessage("has more than 16 MiB");
  }

  @Test
  void no_more_is_read_than_a_file_may_have() throws IOException {
    Path file = directory.resolve("large");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(FileReads.MAX_BYTES);
      assertThat(FileReads.all(file)).hasSize(FileReads.MAX_BYTES);
      large.setLength(FileReads.MAX_BYTES + 1L);
      assertThatThrownBy(() -> FileReads.all(file)).hasMessage("has more than 16 MiB");
    }
  }

  @Test
  void a_read_that_hangs_costs_one_thread_and_is_told_at_once_from_then_on() throws IOException {
    Path file = directory.resolve("hangs");
    CountDownLatch mounted = new CountDownLatch(1);
    AtomicInteger reads = new AtomicInteger();
    FileReads.Reader<byte[]> hanging =
        path -> {
          reads.incrementAndGet();
          awaitUnchecked(mounted);
          return new byte[] {1};
        };
    assertThatThrownBy(() -> FileReads.all(file, hanging, DEADLINE))
        .hasMessage("not read within 200ms");
    long start = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> FileReads.all(file, hanging, DEADLINE))
          .hasMessage("not read within 200ms");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE.multipliedBy(50));
    assertThat(reads).hasValue(1);
    assertThat(FileReads.<byte[]>all(directory.resolve("other"), path -> new byte[0], LONG))
        .isEmpty();
    mounted.countDown();
    await()
        .ignoreException(IOException.class)
        .until(() -> FileReads.all(file, path -> new byte[] {2}, LONG)[0] == 2);
    assertThat(reads).hasValue(1);
  }

  @Test
  void a_failed_read_is_told_as_it_failed_and_forgotten() throws IOException {
    Path file = directory.resolve("fails");
    FileReads.Reader<byte[]> failing =
        path -> {
          throw new IOException("the disk is gone");
        };
    assertThatThrownBy(() -> FileReads.all(file, failing, LONG)).hasMessage("the disk is gone");
    assertThat(FileReads.<byte[]>all(file, path -> new byte[0], LONG)).isEmpty();
  }

  private static void awaitUnchecked(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
