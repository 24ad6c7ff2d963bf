package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.control.ProcessStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reload from the dashboard: its plan is seen first, and a file that is wrong is told of. */
class DashboardReloadIT {

  private static final String FILE =
      """
      [listener]
      address = "127.0.0.1:0"
      [admin]
      address = "127.0.0.1:0"
      [[backends]]
      name = "one"
      address = "127.0.0.1:1"
      weight = %s
      """;

  @Test
  void thePlanIsSeenFirst(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("loble.toml"), FILE.formatted(2));
    try (Browser browser = Browser.start(directory.resolve("profile"));
        InProcess balancer = InProcess.start(file, "1h")) {
      browser.open(ProcessStatus.of(balancer.vertx()).adminAddress());
      browser.awaitTrue(() -> browser.count("tr[data-backend=one]") == 1);

      Files.writeString(file, FILE.formatted("\"heavy\""));
      browser.find("#reload").click();
      browser.awaitText("[data-test=plan]", "weight");
      assertThat(browser.find("[data-test=plan] .wrong").isDisplayed()).isTrue();
      browser.find("dialog button[type=button]").click();

      Files.writeString(file, FILE.formatted(7));
      browser.find("#reload").click();
      browser.awaitText("[data-test=plan]", "weight 2 -> 7");
      assertThat(weight(browser)).isEqualTo("2");
      browser.find("dialog [data-test=confirm]").click();
      browser.awaitTrue(() -> weight(browser).equals("7"));
    }
  }

  private static String weight(Browser browser) {
    return String.valueOf(browser.row("one", "[data-test=weight]").getDomProperty("value"));
  }
}
