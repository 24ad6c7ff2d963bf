package io.loble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The commands of the documents that build something. */
class BuildCommandsTest {

  private static final Pattern MAVEN = Pattern.compile("mvn (-[^&\n`#]*|[a-z][^&\n`#]*)");
  private static final Pattern PROFILE = Pattern.compile("-P(\\S+)");

  @Test
  void profilesThatAreNamedExist() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    assertThat(commands().stream().flatMap(BuildCommandsTest::profiles).distinct())
        .contains("quick", "bench", "release")
        .allSatisfy(profile -> assertThat(pom).contains("<id>" + profile + "</id>"));
  }

  /** Whoever sees nothing for a minute takes it for broken. */
  @Test
  void theFirstCommandSaysWhatItDoes() throws IOException {
    String first = commands().get(0);
    assertThat(first).contains("package").doesNotContain(" -q").doesNotContain("--quiet");
  }

  private static Stream<String> profiles(String command) {
    return PROFILE.matcher(command).results().map(result -> result.group(1));
  }

  /** Those of the README first. */
  private static List<String> commands() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      List<Path> files =
          Stream.concat(
                  Stream.of(Path.of("README.md")),
                  docs.filter(file -> file.toString().endsWith(".md")).sorted())
              .toList();
      return files.stream().flatMap(BuildCommandsTest::commands).toList();
    }
  }

  private static Stream<String> commands(Path file) {
    try {
      return MAVEN.matcher(Files.readString(file)).results().map(MatchResult::group);
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}
