package io.loble.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that has changed is not taken for what it was. */
class FileStampTest {

  @TempDir private Path directory = Path.of("");

  @Test
  void whatWasWrittenLongAgoIsKnownAgain() throws IOException {
    Path file = Files.writeString(directory.resolve("a"), "text");
    assertThat(later(file).stillHolds(later(file))).isTrue();
  }

  @Test
  void whatWasWrittenJustNowMayBeWrittenAgainUnnoticed() throws IOException {
    Path file = Files.writeString(directory.resolve("a"), "text");
    FileStamp now = FileStamp.of(file, Files.getLastModifiedTime(file).toInstant());
    assertThat(now.stillHolds(later(file))).isFalse();
  }

  @Test
  void anotherFileOfTheSameSizeAndTimeIsAnother() throws IOException {
    Path file = Files.writeString(directory.resolve("a"), "text");
    Path other = Files.writeString(directory.resolve("b"), "else");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    FileStamp before = later(file);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(before.stillHolds(later(file))).isFalse();
  }

  @Test
  void aLinkIsTheFileThatItLeadsTo() throws IOException {
    Path file = Files.writeString(directory.resolve("a"), "text");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    assertThat(later(link).stillHolds(later(file))).isTrue();
  }

  @Test
  void aFileThatIsNotThereIsLookedForAgain() throws IOException {
    FileStamp none = later(directory.resolve("none"));
    assertThat(none.stillHolds(none)).isFalse();
  }

  private static FileStamp later(Path file) throws IOException {
    return FileStamp.of(file, Instant.now().plus(Duration.ofMinutes(1)));
  }
}
