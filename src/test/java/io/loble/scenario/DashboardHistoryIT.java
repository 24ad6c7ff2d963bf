package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.ConfigException;
import io.loble.sim.client.ClientSettings;
import io.loble.testbed.Testbed;
import io.loble.testbed.TestbedPlan;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** The charts of the dashboard: what was before the page was opened, and what goes on. */
class DashboardHistoryIT {

  /** Everything that is drawn in the section, by uPlot's own account. */
  private static final String PLOTS =
      "const plots = [...document.querySelectorAll('#history .panel-chart')].map(n => n.chart.plot);";

  @TempDir private static Path profile = Path.of("");
  private static Browser browser;
  private static Testbed bed;

  @BeforeAll
  static void start() throws ConfigException {
    bed = Testbed.start(TestbedPlan.of(3));
    bed.clients(
        ClientSettings.fromJson(
            new JsonObject()
                .put("target", bed.address().toString())
                .put("rate", 40)
                .put("weights", new JsonObject().put("real", 1))));
    bed.drain("server-3");
    browser = Browser.start(profile);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (bed != null) {
      bed.close();
    }
  }

  @BeforeEach
  void open() {
    browser.size(1280, 800);
    open("");
  }

  @AfterEach
  void nothingWentWrong() {
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void whatWasBeforeThePageWasOpenedIsThereAndGoesOn() {
    // The first thing that is drawn reaches back to before the page was asked for.
    browser.awaitTrue(
        () -> is(PLOTS + "return plots[0].data[0][0] * 1000 < performance.timeOrigin"));
    browser.awaitTrue(() -> is(PLOTS + "return plots[1].data[1].some(rate => rate > 10)"));
    Object last = browser.run(PLOTS + "return plots[0].data[0].at(-1)");
    browser.awaitTrue(() -> is(PLOTS + "return plots[0].data[0].at(-1) > " + last + " + 2"));
  }

  @Test
  void allChartsShowTheSameTimeAndEachHasItsUnit() {
    for (String range : List.of("5m", "1h", "1d")) {
      browser.find("#history [data-range='" + range + "']").click();
      browser.awaitTrue(() -> browser.count("#history [data-range='" + range + "'] canvas") == 8);
      assertThat(is(PLOTS + "return plots.every(p => p.scales.x.min === plots[0].scales.x.min)"))
          .isTrue();
      assertThat(is(PLOTS + "return plots.every(p => p.scales.x.max === plots[0].scales.x.max)"))
          .isTrue();
      assertThat(is(PLOTS + "return plots.every(p => p.axes[0]._values.length >= 2)")).isTrue();
    }
    assertThat(browser.run(PLOTS + "return plots[0].scales.x.max - plots[0].scales.x.min"))
        .isEqualTo(86_400L);
    assertThat(labels("bytes")).allMatch(label -> label.endsWith("B/s"));
    assertThat(labels("connect")).allMatch(label -> label.endsWith(" ms"));
    assertThat(labels("new")).allMatch(label -> label.endsWith(" /s"));
    assertThat(labels("usable")).contains("3");
  }

  @Test
  void theAddressSaysTheRangeAndWhatItIsOfAndKeepsTheRest() {
    open("?filter=server&range=1h&of=pool:default");

    browser.awaitTrue(() -> browser.count("#history [data-range='1h'] canvas") == 6);
    assertThat(pressed()).isEqualTo("1h");
    assertThat(browser.find("#history-of option:checked").getText()).isEqualTo("Pool default");
    browser.find("#history [data-range='1d']").click();
    assertThat(search()).contains("range=1d").contains("of=pool").contains("filter=server");
    browser.find("#history [data-range='5m']").click();
    assertThat(search()).doesNotContain("range").contains("filter=server");
  }

  @Test
  void whatHappenedIsMarked() {
    browser.awaitTrue(() -> marks().stream().anyMatch(title -> title.contains("backend.update")));
    assertThat(marks()).anyMatch(title -> title.contains("the process started"));

    bed.server("server-2").kill();
    browser.awaitTrue(() -> marks().stream().anyMatch(title -> title.contains("→ unhealthy")));
    assertThat(browser.count("#history .event-mark.bad")).isPositive();
    bed.server("server-2").start();
    browser.awaitState("server-2", "healthy");
  }

  @Test
  void theDetailsOfABackendHaveItsHistory() {
    open("?range=1h");
    browser.awaitState("server-1", "healthy");
    browser.row("server-1", "button.link").click();

    browser.awaitTrue(
        () -> browser.count("[data-test=detail-history][data-range='1h'] canvas") >= 4);
  }

  @Test
  void onAPhoneItIsFoldedAndFitsWhenItIsOpened() {
    browser.size(390, 844);
    open("");
    browser.awaitState("server-1", "healthy");
    assertThat(browser.find("#history .history-body").isDisplayed()).isFalse();

    browser.find("#history summary").click();

    browser.awaitTrue(() -> browser.count("#history canvas") > 0);
    assertThat(search()).contains("history=open");
    assertThat(browser.fits()).isTrue();
  }

  private static void open(String query) {
    browser.open(bed.adminAddress(), "/" + query);
  }

  private static boolean is(String script) {
    return Boolean.TRUE.equals(browser.run(script));
  }

  private static String search() {
    return browser.run("return location.search").toString();
  }

  private static String pressed() {
    return String.valueOf(
        browser.find("#history [aria-pressed=true]").getDomAttribute("data-range"));
  }

  /** What stands at the vertical axis. */
  private static List<String> labels(String panel) {
    Object labels =
        browser.run(
            "return document.querySelector('#history [data-test=panel-%s] .panel-chart').chart.plot.axes[1]._values.join()"
                .formatted(panel));
    return List.of(labels.toString().split(",", -1));
  }

  private static List<String> marks() {
    return browser.find("#history").findElements(By.cssSelector("[data-test=event-mark]")).stream()
        .map(mark -> String.valueOf(mark.getDomAttribute("title")))
        .toList();
  }
}
