package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.control.ProcessStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard shows of backends that were found, and of what finds them. */
class DashboardFoundIT {

  private static final String FILE =
      """
      [admin]
      address = "127.0.0.1:0"
      [listener]
      address = "127.0.0.1:0"
      [pools.default]
      backends = [{ name = "named", address = "127.0.0.1:1" }]
      [pools.default.discover]
      dns = "db.test.:5432"
      servers = ["127.0.0.1:%1$d"]
      min_ttl = "100ms"
      max_ttl = "100ms"
      [pools.lost.discover]
      dns = "db.test.:5432"
      servers = ["127.0.0.1:%2$d"]
      query_timeout = "100ms"
      [pools.plain]
      """;

  private static final String CARD = "[data-pool-card=default] ";
  private static final String FOUND = "127.0.0.2:5432";

  @Test
  void sourcesTheirBackendsAndWhatCanBeDoneWithThem(@TempDir Path directory) throws IOException {
    try (NameServer names = NameServer.start("127.0.0.1", "127.0.0.2");
        Browser browser = Browser.start(directory.resolve("profile"));
        InProcess balancer = InProcess.start(file(directory, names), "1h")) {
      browser.open(ProcessStatus.of(balancer.vertx()).adminAddress());

      browser.awaitText(CARD + "[data-source=dns]", "dns db.test.:5432");
      browser.awaitText(CARD + "[data-source=dns]", "2 backends");
      browser.awaitText(CARD + "[data-test=source-state]", "ok");
      assertThat(browser.row(FOUND, "[data-test=found]").getText()).isEqualTo("found by dns");
      assertThat(browser.row("named", "[data-test=found]").isDisplayed()).isFalse();
      assertThat(browser.find("[data-pool-card=plain] [data-test=sources]").isDisplayed())
          .isFalse();
      browser.awaitText("[data-pool-card=lost] [data-test=source-state]", "failed");
      browser.awaitText("#findings", "Pool lost: dns db.test.:5432 has failed");

      names.move("127.0.0.2");
      browser.awaitText(CARD + "[data-source=dns]", "1 backend");
      browser.awaitText("#events", "1 left, 1 backend");

      browser.row(FOUND, "button.name").click();
      browser.awaitText("dialog.detail", "Found by");
      assertThat(browser.find("dialog.detail .control").getText())
          .contains("Drain", "Maintenance")
          .doesNotContain("Remove");
      browser.find("dialog.detail .close").click();
      browser.row("named", "button.name").click();
      browser.awaitText("dialog.detail .control", "Remove");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static Path file(Path directory, NameServer names) throws IOException {
    // No name server is behind the second port.
    return Files.writeString(
        directory.resolve("loble.toml"), FILE.formatted(names.port(), Peers.freePort()));
  }
}
