package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ctl} in a terminal of 80 columns and 24 lines. */
class CtlScreenIT {

  private static final String FIRST = "postgres-01.eu-west-1.prod.example.com";
  private static final String SECOND = "postgres-02.eu-west-1.prod.example.com";

  @Test
  void watchFitsSortsAndEnds(@TempDir Path directory) throws Exception {
    try (Server first = Server.acking();
        Server second = Server.acking();
        Balancer balancer = start(directory, first, second);
        Tmux terminal = Tmux.start(directory, ctl(balancer, "watch"))) {
      terminal.awaitScreen("\\npostgres-01\\S*…\\S*com +1  healthy +\\d+[sm] +0 +0 +0 +0 +0\\n");
      assertThat(terminal.screen())
          .contains("sorted by configured; j k scroll, q quits")
          .containsSubsequence("postgres-01", "postgres-02");
      assertThat(terminal.screen().lines()).allMatch(line -> line.length() <= 80);
      balancer.admin().command(200, "PATCH", backend(SECOND), "{\"state\":\"maintenance\"}");
      terminal.awaitScreen("postgres-02\\S* +1  maintenance +\\d+s ");
      terminal.press("s");
      terminal.awaitScreen("(?s)postgres-02.*postgres-01.*sorted by state");
      terminal.press("q");
      terminal.awaitScreen("exit 0");
      assertThat(terminal.screen()).doesNotContain("postgres");
    }
  }

  @Test
  void watchHasColoursUnlessToldNot(@TempDir Path directory) throws Exception {
    try (Server first = Server.acking();
        Server second = Server.acking();
        Balancer balancer = start(directory, first, second)) {
      try (Tmux terminal = Tmux.start(directory, ctl(balancer, "watch"))) {
        terminal.awaitScreen("healthy");
        assertThat(terminal.colours()).contains("\u001b[32mhealthy");
        terminal.press("C-c");
        terminal.awaitScreen("exit 0");
      }
      List<String> plain = new ArrayList<>(List.of("env", "NO_COLOR=1"));
      plain.addAll(ctl(balancer, "watch"));
      try (Tmux terminal = Tmux.start(directory, plain)) {
        terminal.awaitScreen("healthy");
        assertThat(terminal.colours()).doesNotContain("\u001b[");
      }
    }
  }

  @Test
  void whatEndsAllServiceIsAskedFor(@TempDir Path directory) throws Exception {
    try (Server first = Server.acking();
        Server second = Server.acking();
        Balancer balancer = start(directory, first, second)) {
      balancer.admin().command(200, "PATCH", backend(SECOND), "{\"state\":\"maintenance\"}");
      awaitState(balancer, SECOND, "maintenance");
      try (Tmux terminal = Tmux.start(directory, ctl(balancer, "drain", FIRST))) {
        terminal.awaitScreen(
            "(?s)is the last usable backend of pool .* will be refused.*\\[y/N\\]");
        terminal.press("Enter");
        terminal.awaitScreen("(?s)nothing was changed.*exit 1");
      }
      assertThat(balancer.admin().backend(FIRST).getString("mode")).isEqualTo("ready");
      try (Tmux terminal = Tmux.start(directory, ctl(balancer, "drain", FIRST))) {
        terminal.awaitScreen("\\[y/N\\]");
        terminal.press("y", "Enter");
        terminal.awaitScreen("(?s)of pool default: weight 1.*exit 0");
      }
      assertThat(balancer.admin().backend(FIRST).getString("mode")).isEqualTo("drain");
    }
  }

  private static void awaitState(Balancer balancer, String backend, String state) {
    await()
        .atMost(Program.PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> balancer.admin().backend(backend).getString("state").equals(state));
  }

  private static String backend(String name) {
    return "pools/default/backends/" + name;
  }

  private static Balancer start(Path directory, Server first, Server second) throws Exception {
    return Balancer.start(
        directory,
        Balancer.toml(
            Balancer.backend(FIRST, first.port()), Balancer.backend(SECOND, second.port())));
  }

  private static List<String> ctl(Balancer balancer, String... words) {
    List<String> line = new ArrayList<>(List.of("ctl", "--admin", balancer.admin().address()));
    line.addAll(List.of(words));
    return Loble.command(line.toArray(String[]::new));
  }
}
