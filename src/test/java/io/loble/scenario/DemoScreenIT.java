package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo in a terminal: what is pressed is done, and seen. */
class DemoScreenIT {

  @Test
  void keysKillSlowDrainAndSwitch(@TempDir Path directory) {
    try (Tmux terminal = Tmux.start(directory, demo())) {
      terminal.awaitScreen("(?s)server-1  healthy.*server-2  healthy.*server-3  healthy");
      terminal.awaitScreen("[1-9]\\d* open, \\S+ new a second");
      assertThat(terminal.screen().lines())
          .anyMatch(line -> line.matches("dashboard    http://127\\.0\\.0\\.1:\\d+/"))
          .anyMatch(line -> line.matches("listener     127\\.0\\.0\\.1:\\d+"))
          .anyMatch(line -> line.matches("server-3 .*, control http://127\\.0\\.0\\.1:\\d+/"))
          .anyMatch(line -> line.matches("try +curl -d 2000 http://127\\.0\\.0\\.1:\\d+/delay"))
          .anyMatch(line -> line.endsWith("wrong answers"))
          .anyMatch(line -> line.endsWith("q or Ctrl-C quit"));
      terminal.press("2", "k");
      terminal.awaitScreen("server-2  unhealthy .* killed .* 0%");
      terminal.press("k");
      terminal.awaitScreen("server-2  healthy  ");
      terminal.press("3", "s");
      terminal.awaitScreen("server-3 .* 620 ms");
      terminal.press("a");
      terminal.awaitScreen("algorithm least_connections");
      terminal.press("1", "d", "+");
      terminal.awaitScreen("> server-1  drain +2 ");
      assertThat(terminal.screen()).contains("0 wrong answers");
      terminal.press("q");
      terminal.awaitScreen("(?s)total +\\d+ .*exit 0");
      assertThat(terminal.screen()).contains("kind  ", "p99.9", " sent, ");
      assertThat(terminal.screen()).doesNotContain("keys ");
    }
  }

  @Test
  void ctrlCEndsItAndGivesTheTerminalBack(@TempDir Path directory) {
    try (Tmux terminal = Tmux.start(directory, demo())) {
      terminal.awaitScreen("server-3  healthy");
      terminal.press("C-c");
      terminal.awaitScreen("(?s)kind +started.*exit 0");
      terminal.press("typed", "Enter");
      terminal.awaitScreen("(?s)typed\\s+typed");
    }
  }

  private static List<String> demo() {
    return Loble.command("demo", "--rate", "40");
  }
}
