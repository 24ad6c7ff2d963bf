package io.loble.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Dockerfile promises, as far as it can be read from it. */
class DockerfileTest {

  private static final Path IGNORED = Path.of(".dockerignore");

  private static final Pattern VERSION = Pattern.compile("<version>(.+?)</version>");

  private final Dockerfile dockerfile = read();

  @Test
  void whatItCopiesIsThere() {
    assertThat(dockerfile.sources())
        .contains("pom.xml", "src/main", "conf")
        .allSatisfy(source -> assertThat(Path.of(source)).exists());
  }

  /** Of the checkout, and of nothing else: neither target/ nor .git is sent to the builder. */
  @Test
  void whatItCopiesAndNothingElseIsSentToTheBuilder() throws IOException {
    List<String> rules = Dockerfile.lines(IGNORED);
    assertThat(rules).first().isEqualTo("*");
    List<String> sent = rules.stream().skip(1).map(rule -> rule.replaceFirst("^!", "")).toList();
    assertThat(rules.subList(1, rules.size())).allMatch(rule -> rule.startsWith("!"));
    assertThat(dockerfile.sources())
        .allMatch(source -> sent.stream().anyMatch(s -> Path.of(source).startsWith(s)));
    assertThat(sent)
        .allMatch(s -> dockerfile.sources().stream().anyMatch(source -> source.startsWith(s)));
  }

  @Test
  void itRunsAsNobodyInParticularAndStopsBySigterm() {
    assertThat(dockerfile.last().only("USER").rest()).matches("[1-9]\\d{3,}:[1-9]\\d{3,}");
    assertThat(dockerfile.last().only("STOPSIGNAL").rest()).isEqualTo("SIGTERM");
    assertThat(dockerfile.last().all("RUN")).isEmpty();
  }

  /** A signal that somebody may send for another reason would crash the JVM. */
  @Test
  void theSignalOfTheJvmIsOneThatNobodySends() {
    assertThat(dockerfile.last().variables()).containsEntry("_JAVA_SR_SIGNUM", "64");
  }

  @Test
  void everyBaseIsNamedByTagAndTheLastHasGlibc() {
    assertThat(dockerfile.stages())
        .allMatch(stage -> stage.base().matches("[a-z-]+:[a-z0-9.-]+"))
        .noneMatch(stage -> stage.base().matches(".*(latest|alpine).*"));
  }

  /** Only the jar may be made on the builder's own processor. */
  @Test
  void onlyTheJarIsMadeOnTheBuildersProcessor() {
    assertThat(dockerfile.stages())
        .filteredOn(stage -> stage.options().containsKey("platform"))
        .extracting(Dockerfile.Stage::name)
        .containsExactly("jar");
  }

  @Test
  void theLabelSaysTheVersionOfTheProject() throws IOException {
    String version =
        VERSION
            .matcher(Files.readString(Path.of("pom.xml")))
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    assertThat(dockerfile.last().only("LABEL").rest())
        .contains("org.opencontainers.image.version=\"" + version + '"');
  }

  @Test
  void theProgramsOfTheImageAreExecutable() throws IOException {
    try (Stream<Path> programs = Files.list(Path.of("src/main/docker"))) {
      assertThat(programs).isNotEmpty().allMatch(Files::isExecutable);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM a\nADD x y\n",
        "FROM a\nCOPY --link x y\n",
        "COPY x y\nFROM a\n",
        "FROM a b\n",
        "from a\n"
      })
  void whatIsNotUnderstoodIsNotPassedOver(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Dockerfile.parse(text));
  }

  private static Dockerfile read() {
    try {
      return Dockerfile.read();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
