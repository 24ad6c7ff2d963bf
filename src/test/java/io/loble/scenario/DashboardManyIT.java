package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard in front of more than ten thousand backends: it stays usable. */
class DashboardManyIT {

  private static final int EACH = 3_334;
  private static final int MOST_ELEMENTS = 25_000;

  @Test
  void thePageHoldsSomeOfThemAndFindsAll(@TempDir Path directory) throws IOException {
    try (Fleet fleet = Fleet.start(directory, EACH, "enabled = false");
        Browser browser = Browser.start(directory.resolve("profile"))) {
      browser.open(fleet.admin());
      browser.awaitText("#well", "All is well: all 10,002 backends are in rotation.");
      assertThat(browser.count("tr[data-backend]")).isEqualTo(400);
      assertThat(elements(browser)).isLessThan(MOST_ELEMENTS);
      assertThat(browser.fits()).isTrue();
      // The pools behind the first rows are folded, not left out.
      assertThat(browser.find("[data-pool-card=cache]").getText()).contains("3,334 of 3,334");

      browser.find("[data-pool-card=web] [data-test=more]").click();
      browser.awaitTrue(() -> browser.count("[data-pool-card=web] tr[data-backend]") == 400);
      browser.find("[data-pool-card=cache] [data-test=fold]").click();
      browser.awaitTrue(() -> browser.count("[data-pool-card=cache] tr[data-backend]") == 200);

      // Rows came in above, and what was scrolled to may stand behind the bar.
      browser.run("scrollTo(0, 0)");
      browser.find("[data-pool-card=web] [data-test=sort-name]").click();
      browser.find("[data-pool-card=web] [data-test=sort-name]").click();
      String last = Fleet.name("web", EACH);
      browser.awaitTrue(
          () ->
              browser.count(
                      "[data-pool-card=web] tbody tr:first-child[data-backend='" + last + "']")
                  == 1);

      fleet.update("postgres", 3_333, "{\"state\": \"maintenance\"}");
      browser.find("#filter").sendKeys("postgres-3333");
      browser.awaitState(Fleet.name("postgres", 3_333), "maintenance");
      assertThat(browser.count("tr[data-backend]")).isEqualTo(1);
      assertThat(elements(browser)).isLessThan(MOST_ELEMENTS);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static long elements(Browser browser) {
    return (Long) browser.run("return document.getElementsByTagName('*').length");
  }
}
