package io.loble.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.source.NetworkFile.MalformedException;
import io.loble.model.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkFileTest {

  @TempDir private Path directory = Path.of("");

  @Test
  void hasOneNetworkPerLine() throws IOException {
    Path file =
        write(
            "\uFEFF# blocked\r\n10.0.0.0/8 # ours\r\n\r\n   \t\r\n 2001:db8::/32\n10.0.0.0/8\n"
                + "192.0.2.1");
    assertThat(NetworkFile.read(file))
        .containsExactly(
            Network.parse("10.0.0.0/8"),
            Network.parse("2001:db8::/32"),
            Network.parse("192.0.2.1"));
  }

  @Test
  void anEmptyFileHasNone() throws IOException {
    assertThat(NetworkFile.read(write(""))).isEmpty();
  }

  @Test
  void errorsNameFileAndLine() throws IOException {
    Path file = write("10.0.0.0/8\n10.0.0.0/33\n\nlocalhost\n");
    assertThatThrownBy(() -> NetworkFile.read(file))
        .isInstanceOf(MalformedException.class)
        .hasMessage(
            file
                + ":2: 10.0.0.0/33: prefix is 0 to 32\n"
                + file
                + ":4: localhost: expected "
                + Network.EXAMPLES);
  }

  @Test
  void anotherKindOfFileDoesNotFillTheLog() throws IOException {
    Path file = write(("x".repeat(100_000) + "\n").repeat(50));
    assertThatThrownBy(() -> NetworkFile.read(file))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(":1: " + "x".repeat(60) + "…: expected ")
        .hasMessageEndingWith("and 40 more")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(4000));
  }

  @Test
  void tooLargeAFileIsNotRead() throws IOException {
    Path file = directory.resolve("large");
    Files.write(file, new byte[NetworkFile.MAX_BYTES + 1]);
    assertThatThrownBy(() -> NetworkFile.read(file)).hasMessage(file + ": has more than 16 MiB");
  }

  @Test
  void whatIsNoFileIsNotRead() {
    assertThatThrownBy(() -> NetworkFile.read(directory))
        .hasMessage(directory + ": is a directory, not a file");
    Path none = directory.resolve("none");
    assertThatThrownBy(() -> NetworkFile.read(none)).hasMessage(none + ": no such file");
  }

  private Path write(String content) throws IOException {
    return Files.writeString(directory.resolve("networks.txt"), content);
  }
}
