package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has a token is who versions, events and the log say has changed something. */
class CtlNamesIT {

  @Test
  void theNameOfATokenIsShown(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("tokens"), "# operators\nalice 0ne\nbob tw0\n");
    Files.writeString(directory.resolve("mine"), "tw0\n");
    String toml =
        Balancer.toml(
            "token_file = \"tokens\"", Balancer.backend("b", 1), Balancer.backend("c", 2));
    try (Balancer balancer = Balancer.start(directory, toml)) {
      assertThat(ctl(balancer, "weight", "b", "5"))
          .contains("asks for a token; give --token-file FILE, or set LOBLE_TOKEN_FILE");
      assertThat(ctl(balancer, "weight", "b", "5", "--token-file", "mine"))
          .contains("backend b of pool default: weight 5");
      assertThat(ctl(balancer, "versions", "--token-file", "mine"))
          .containsPattern(
              "\n +2  \\S+  bob \\(http 127\\.0\\.0\\.1\\)  backend\\.update .*weight 1 -> 5");
      assertThat(balancer.program().out() + balancer.program().err())
          .contains("[admin] backend.update by bob (http 127.0.0.1): ");
    }
  }

  private static String ctl(Balancer balancer, String... words) {
    List<String> line = new ArrayList<>(List.of("ctl", "--admin", balancer.admin().address()));
    line.addAll(List.of(words));
    try (Program ctl = Loble.start(balancer.directory(), Map.of(), line.toArray(String[]::new))) {
      ctl.exitCode();
      return ctl.out() + ctl.err();
    }
  }
}
