package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.ConfigException;
import io.loble.testbed.Testbed;
import io.loble.testbed.TestbedPlan;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.Rectangle;

/** The dashboard where there is a token, where the balancer goes away, and where there is a lot. */
class DashboardAccessIT {

  /** One for all tests: what pages store is of an origin, and each balancer has its own. */
  private static Browser browser;

  @TempDir private Path directory = Path.of("");

  @BeforeAll
  static void startBrowser(@TempDir Path profile) {
    browser = Browser.start(profile);
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void leave() {
    browser.leave();
  }

  @Test
  void aBadTokenIsRefusedAndTheRightOneOpens() throws IOException, ConfigException {
    Path token = Files.writeString(directory.resolve("token"), "s3cret");
    JsonObject guarded =
        new JsonObject().put("admin", admin("127.0.0.1:0").put("token_file", token.toString()));
    try (Testbed bed = Testbed.start(TestbedPlan.of(1).withBalancer(guarded))) {
      browser.open(bed.adminAddress());
      browser.awaitTrue(() -> browser.find("#token").isDisplayed());
      assertThat(browser.find("#app").isDisplayed()).isFalse();

      browser.find("#token").sendKeys("wrong\n");
      browser.awaitText("#login-wrong", "Wrong token");
      assertThat(browser.find("#app").isDisplayed()).isFalse();

      browser.find("#token").sendKeys("s3cret\n");
      browser.awaitState("server-1", "healthy");
      bed.drain("server-1");
      browser.awaitState("server-1", "draining");
      browser.awaitText("#events", "backend.update");
      assertThat(browser.run("return document.cookie + JSON.stringify(localStorage)"))
          .isEqualTo("{}");

      browser.find("#logout").click();
      browser.awaitTrue(() -> browser.find("#token").isDisplayed());
      assertThat(browser.run("return sessionStorage.length")).isEqualTo(0L);
    }
  }

  @Test
  void aReadOnlyTokenShowsNoControlsAndSaysSo() throws IOException, ConfigException {
    Path token = Files.writeString(directory.resolve("token"), "s3cret");
    Path readonly = Files.writeString(directory.resolve("readonly"), "l00k");
    JsonObject guarded =
        new JsonObject()
            .put(
                "admin",
                admin("127.0.0.1:0")
                    .put("token_file", token.toString())
                    .put("readonly_token_file", readonly.toString()));
    try (Testbed bed = Testbed.start(TestbedPlan.of(2).withBalancer(guarded))) {
      browser.open(bed.adminAddress());
      browser.awaitTrue(() -> browser.find("#token").isDisplayed());
      browser.find("#token").sendKeys("l00k\n");
      browser.awaitState("server-1", "healthy");
      assertThat(browser.find("#readonly").getText())
          .isEqualTo("read-only: this token can change nothing");
      assertThat(browser.row("server-1", ".reads").getText()).isEqualTo("1");
      assertThat(browser.find(".pool-tools").getText()).isEqualTo("Round robin");
      assertThat(controls()).isEmpty();
      browser.row("server-1", "button.name").click();
      browser.awaitText("dialog .facts", "Address");
      assertThat(controls()).isEmpty();
      browser.find("dialog .close").click();

      browser.find("#logout").click();
      browser.awaitTrue(() -> browser.find("#token").isDisplayed());
      browser.find("#token").sendKeys("s3cret\n");
      browser.awaitState("server-1", "healthy");
      assertThat(browser.find("#readonly").isDisplayed()).isFalse();
      assertThat(controls()).contains("Drain", "Reload …", "Add backend");
    }
  }

  /** What is shown of all that can change something. */
  private static List<String> controls() {
    List<?> shown =
        (List<?>)
            browser.run(
                "return [...document.querySelectorAll("
                    + "'#actions button:not(#logout), .pool-tools :is(button, select),"
                    + " input.weight, td.actions button, dialog .buttons button')]"
                    + ".filter((node) => node.checkVisibility())"
                    + ".map((node) => node.textContent)");
    return shown.stream().map(String.class::cast).toList();
  }

  @Test
  void theLoginFitsAPhone() throws IOException, ConfigException {
    Path token = Files.writeString(directory.resolve("token"), "s3cret");
    JsonObject guarded =
        new JsonObject().put("admin", admin("127.0.0.1:0").put("token_file", token.toString()));
    try (Testbed bed = Testbed.start(TestbedPlan.of(1).withBalancer(guarded))) {
      for (int width : new int[] {390, 320}) {
        browser.size(width, 844);
        browser.open(bed.adminAddress());
        browser.awaitTrue(() -> browser.find("#token").isDisplayed());
        assertThat(browser.fits()).isTrue();
        Rectangle card = browser.find("#login").getRect();
        assertThat(card.getX()).isGreaterThanOrEqualTo(8);
        assertThat(card.getX() + card.getWidth()).isLessThanOrEqualTo(width - 8);
        assertThat(browser.find("#about").isDisplayed()).isFalse();
      }
    }
  }

  @Test
  void whatDiffersFromTheFileIsReadWithTheKeyboard() throws ConfigException {
    try (Testbed bed = Testbed.start(TestbedPlan.of(2))) {
      bed.weight("server-2", 7);
      browser.open(bed.adminAddress());
      browser.awaitText("#differs", "1 change not in the file");
      browser.find("#differs").sendKeys(Keys.ENTER);
      browser.awaitText("dialog .lines", "server-2: weight 1 -> 7");
      browser.focused().sendKeys(Keys.ESCAPE);
      browser.awaitTrue(() -> browser.count("dialog") == 0);
    }
  }

  @Test
  void withoutJavaScriptTheStatusIsAPageOfTables() throws ConfigException {
    try (Testbed bed = Testbed.start(TestbedPlan.of(2))) {
      bed.drain("server-2");
      browser.scripts(false);
      browser.open(bed.adminAddress());
      browser.awaitTrue(() -> browser.location().equals("/api/v1/status.html"));
      browser.awaitText("main", "Pool default");
      browser.awaitText("main", "1 of 2 in rotation");
      browser.awaitText("tr[data-state=draining]", "server-2");
      browser.awaitText("main", "server-2: state ready -> drain");
      browser.size(390, 844);
      assertThat(browser.fits()).isTrue();
    }
  }

  @Test
  void aBalancerThatGoesAwayIsMissedAndFoundAgain() throws ConfigException {
    JsonObject samePort = new JsonObject().put("admin", admin("127.0.0.1:" + Peers.freePort()));
    TestbedPlan plan = TestbedPlan.of(1).withBalancer(samePort);
    try (Testbed bed = Testbed.start(plan)) {
      browser.open(bed.adminAddress());
      browser.awaitState("server-1", "healthy");
      assertThat(browser.find("#lost").isDisplayed()).isFalse();
    }
    browser.awaitText("#lost", "Not reachable since");
    try (Testbed bed = Testbed.start(plan)) {
      browser.awaitTrue(() -> !browser.find("#lost").isDisplayed());
      bed.drain("server-1");
      browser.awaitState("server-1", "draining");
      browser.awaitText("#events", "backend.update");
    }
  }

  @Test
  void twoHundredBackendsFitAndTheLastOneInRotationIsWarnedOf() throws ConfigException {
    try (Testbed bed = Testbed.start(TestbedPlan.of(200))) {
      browser.open(bed.adminAddress());
      browser.awaitState("server-200", "healthy");
      assertThat(browser.count("tbody tr[data-backend]")).isEqualTo(200);
      assertThat(browser.fits()).isTrue();
      // Only what is in sight costs a canvas.
      assertThat(browser.count(".pool canvas")).isBetween(1, 40);
      browser.size(390, 844);
      assertThat(browser.fits()).isTrue();

      for (int number = 2; number <= 200; number++) {
        bed.drain("server-" + number);
      }
      browser.awaitState("server-200", "draining");
      browser.row("server-1", "[data-test=drain]").click();
      assertThat(browser.find("dialog .warning").getText())
          .contains("last backend of pool default");
    }
  }

  private static JsonObject admin(String address) {
    return new JsonObject().put("address", address);
  }
}
