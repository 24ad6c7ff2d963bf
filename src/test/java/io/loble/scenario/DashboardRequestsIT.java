package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.ConfigException;
import io.loble.sim.client.ClientSettings;
import io.loble.testbed.Testbed;
import io.loble.testbed.TestbedPlan;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** What the dashboard shows of requests, where they are balanced, and only there. */
class DashboardRequestsIT {

  private static final String BALANCER =
      """
      {"listeners": [
         {"name": "edge", "address": "127.0.0.1:0", "mode": "http", "pool": "default",
          "routes": [{"path": "/old", "redirect": "https"}]},
         {"name": "plain", "address": "127.0.0.1:0", "pool": "other"}],
       "pools": {"other": {}}}
      """;

  private static final String LINE = "[data-pool-card=default] [data-test=requests]";

  @TempDir private static Path profile = Path.of("");
  private static Browser browser;
  private static Testbed bed;

  @BeforeAll
  static void start() throws ConfigException {
    browser = Browser.start(profile);
    bed = Testbed.start(TestbedPlan.of(2).withBalancer(new JsonObject(BALANCER)));
    bed.clients(
        ClientSettings.fromJson(
            new JsonObject()
                .put("target", bed.address("edge").toString())
                .put("rate", 20)
                .put("weights", new JsonObject().put("http", 1))));
  }

  @AfterAll
  static void stop() {
    if (bed != null) {
      bed.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() {
    browser.size(1280, 1000);
    browser.open(bed.adminAddress());
    browser.awaitState("server-1", "healthy");
  }

  @AfterEach
  void nothingWentWrong() {
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aPoolSaysHowManyHowTheyAreAnsweredAndHowLongTheyTake() {
    browser.awaitText(LINE, "2xx ");
    browser.awaitText(LINE, " ms");
    assertThat(browser.find(LINE).getText())
        .matches("(?s)Requests [0-9.,]+/s\\s.*2xx [0-9.,]+/s.*p50 [0-9.]+ ms.*p99 [0-9.]+ m?s");
    assertThat(browser.find("[data-pool-card=other] [data-test=requests]").isDisplayed()).isFalse();
    browser.awaitText("tr[data-backend=server-1] [data-test=share]", "%");
    assertThat(browser.fits()).isTrue();
  }

  @Test
  void aListenerThatBalancesConnectionsHasNoFigureOfRequests() {
    browser.awaitTrue(() -> requests("edge").getText().matches("[1-9][0-9.,]*"));
    assertThat(requests("plain").getText()).isEmpty();
  }

  private static WebElement requests(String listener) {
    return browser.find("tr[data-listener=" + listener + "] [data-test=request-rate]");
  }

  @Test
  void whoAnswersWith5xxIsAmongWhatHurts() {
    HttpClient client = HttpClient.newHttpClient();
    URI failing = URI.create("http://" + bed.address("edge") + "/status/503");
    browser.awaitTrue(
        () -> {
          for (int i = 0; i < 100; i++) {
            client.send(HttpRequest.newBuilder(failing).build(), BodyHandlers.discarding());
          }
          return browser.find("#findings").getText().contains("of the last minute with 5xx");
        });
    browser.awaitText(LINE, "5xx ");
  }

  @Test
  void theHistoryHasThem() {
    browser.awaitText("[data-test=panel-requests]", "all ");
    browser.awaitText("[data-test=panel-request-time]", "p99 ");
  }

  @Test
  void aRequestIsExplained() {
    choose("plain");
    assertThat(browser.find("#explain-path").isDisplayed()).isFalse();
    choose("edge");
    browser.find("#explain-client").sendKeys("192.0.2.7");
    browser.find("#explain-path").sendKeys("/old/x");
    browser.find("#explain button[type=submit]").click();
    browser.awaitText("#explanation", "Route 0 takes it (path /old)");
    browser.awaitText("#explanation", "192.0.2.7 is told to come back by https.");
  }

  private static void choose(String listener) {
    browser.find("#explain-listener option[value=" + listener + "]").click();
  }
}
