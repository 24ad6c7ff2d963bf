package io.loble.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file under conf/scenarios/ can be played. */
class ScenarioFilesTest {

  private static final Path SCENARIOS = Path.of("conf/scenarios");

  @ParameterizedTest
  @MethodSource("files")
  void itIsRead(Path file) throws ConfigException, IOException {
    Scenario scenario = Scenario.read(file.toString(), Files.readString(file));
    assertThat(scenario.name()).isNotEqualTo(file.toString());
    assertThat(scenario.steps()).anyMatch(timed -> timed.step() instanceof ExpectStep);
  }

  @Test
  void thoseOfTheReferenceAreAmongThem() throws IOException {
    assertThat(files())
        .extracting(file -> file.getFileName().toString())
        .contains("equal-distribution.json", "failover.json", "slow-backend.json", "capacity.json");
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(SCENARIOS)) {
      return all.sorted().toList();
    }
  }
}
