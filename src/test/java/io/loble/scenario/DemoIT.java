package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo needs nothing, says where to look, shows figures, and ends well. */
class DemoIT {

  @Test
  void theDemoShowsWhatItDoes(@TempDir Path directory) {
    try (Program demo = Loble.start(directory, Map.of(), "demo", "--duration", "3s")) {
      assertThat(demo.exitCode()).as("%s", demo).isZero();
      assertThat(demo.out())
          .containsPattern("dashboard    http://127\\.0\\.0\\.1:\\d+/\\R")
          .containsPattern("listener     127\\.0\\.0\\.1:\\d+\\R")
          .containsPattern(
              "server-1     127\\.0\\.0\\.1:\\d+, control http://127\\.0\\.0\\.1:\\d+/\\R")
          .containsPattern("status       http://127\\.0\\.0\\.1:\\d+/api/v1/status")
          .containsPattern("metrics      http://127\\.0\\.0\\.1:\\d+/metrics")
          .containsPattern("active \\d+, accepted [1-9]\\d* .*, wrong answers 0, by server: .*")
          .contains("server-1 ", "server-2 ", "server-3 ");
      assertThat(demo.err()).isEmpty();
    }
  }
}
