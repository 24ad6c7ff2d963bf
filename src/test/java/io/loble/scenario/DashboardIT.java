package io.loble.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.ConfigException;
import io.loble.sim.client.ClientSettings;
import io.loble.testbed.Testbed;
import io.loble.testbed.TestbedPlan;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The dashboard, live under traffic: it shows what happens, and does what it is told. */
class DashboardIT {

  private static final String WATCHFUL =
      """
      {"health": {"success_threshold": 1, "active": {"interval": "200ms"}}}
      """;

  @TempDir private static Path profile = Path.of("");
  private static Browser browser;
  private static Testbed bed;

  @BeforeAll
  static void start() throws ConfigException {
    browser = Browser.start(profile);
    bed = Testbed.start(TestbedPlan.of(3).withBalancer(new JsonObject(WATCHFUL)));
    bed.clients(
        ClientSettings.fromJson(
            new JsonObject()
                .put("target", bed.address().toString())
                .put("rate", 60)
                .put("weights", new JsonObject().put("real", 1))));
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
    browser.size(1280, 800);
    browser.open(bed.adminAddress());
    browser.awaitState("server-1", "healthy");
  }

  @AfterEach
  void nothingWentWrongAndNobodyElseWasAsked() {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.hosts()).containsExactly(bed.adminAddress().toString());
  }

  @Test
  void aKilledServerTurnsRedWithoutAReloadAndRecovers() {
    browser.run("window.untouched = true");
    String calm = background("server-2");
    bed.server("server-2").kill();
    browser.awaitState("server-2", "unhealthy");
    browser.awaitText("#findings", "server-2 has been unhealthy for ");
    browser.awaitText("#findings", "refused");
    browser.awaitText("#events", "→ unhealthy");
    String red = background("server-2");
    assertThat(red).isNotEqualTo(calm);

    bed.server("server-2").start();
    browser.awaitState("server-2", "healthy");
    // Not calm at once: it had failures in the last minute.
    browser.awaitTrue(() -> !background("server-2").equals(red));
    assertThat(browser.run("return window.untouched")).isEqualTo(true);
  }

  @Test
  void anEjectedBackendSaysWhyAndIsBackWhenItIsReadmitted() {
    JsonObject named = new JsonObject().put("name", "server-2");
    bed.command(named.copy().put("command", "backend.eject").put("time", "1h"));
    browser.awaitState("server-2", "ejected");
    browser.awaitText("#findings", "server-2 has been ejected for ");
    browser.awaitText("#findings", "by command");
    bed.command(named.copy().put("command", "backend.readmit"));
    browser.awaitState("server-2", "healthy");
  }

  @Test
  void aDrainClickedDrainsAfterItHasAsked() {
    browser.row("server-1", "[data-test=drain]").click();
    assertThat(browser.find("dialog").getText()).contains("Drain server-1?");
    assertThat(mode("server-1")).isEqualTo("ready");
    browser.find("[data-test=confirm]").click();
    browser.awaitState("server-1", "draining");
    assertThat(mode("server-1")).isEqualTo("drain");

    browser.row("server-1", "[data-test=ready]").click();
    browser.awaitState("server-1", "healthy");
    assertThat(mode("server-1")).isEqualTo("ready");
  }

  @Test
  void aWeightEditedMovesTraffic() {
    WebElement weight = browser.row("server-3", "[data-test=weight]");
    weight.sendKeys(Keys.chord(Keys.CONTROL, "a"), "9");
    assertThat(bed.stats().backend("server-3").weight()).isEqualTo(1);
    weight.sendKeys(Keys.ENTER);
    browser.awaitTrue(() -> bed.stats().backend("server-3").weight() == 9);
    browser.awaitTrue(() -> share("server-3") >= 70);
    assertThat(weight.getDomProperty("value")).isEqualTo("9");

    weight.sendKeys(Keys.chord(Keys.CONTROL, "a"), "4", Keys.ESCAPE);
    assertThat(weight.getDomProperty("value")).isEqualTo("9");
    bed.weight("server-3", 1);
    browser.awaitTrue(() -> "1".equals(weight.getDomProperty("value")));
  }

  @Test
  void theKeyboardIsEnough() {
    browser.find("body").sendKeys("/");
    browser.focused().sendKeys("server-2");
    browser.awaitTrue(() -> browser.count("tbody tr[data-backend]") == 1);
    WebElement algorithm = browser.find("[data-test=algorithm]");
    algorithm.sendKeys("Least");
    browser.awaitTrue(() -> algorithm().equals("least_connections"));
    browser.row("server-2", "[data-test=drain]").sendKeys(Keys.ENTER);
    browser.focused().sendKeys(Keys.ENTER);
    browser.awaitState("server-2", "draining");
    browser.row("server-2", "[data-test=ready]").sendKeys(Keys.SPACE);
    browser.awaitState("server-2", "healthy");
    browser.find("#filter").clear();
    bed.algorithm("round_robin");
  }

  @Test
  void aRollbackShowsWhatItWouldDoFirst() {
    bed.weight("server-1", 5);
    browser.find("#rollback").click();
    browser.awaitText("[data-test=plan]", "weight 5 -> 1");
    assertThat(browser.focused().getText()).isEqualTo("Cancel");
    browser.find("dialog [data-test=confirm]").click();
    browser.awaitTrue(() -> bed.stats().backend("server-1").weight() == 1);
  }

  @Test
  void aConnectionIsListedAndClosedAfterItHasAsked() throws IOException {
    try (Socket client = new Socket(bed.address().host(), bed.address().port())) {
      client.setSoTimeout(20_000);
      client.getOutputStream().write("PING 1\n".getBytes(US_ASCII));
      assertThat(client.getInputStream().readNBytes(7)).asString().isEqualTo("PONG 1\n");
      String address = "127.0.0.1:" + client.getLocalPort();
      browser.row(backendOf(address), "button.name").click();
      String close = "[aria-label='Close the connection of " + address + "']";
      browser.awaitTrue(() -> browser.count(close) == 1);
      browser.find(close).click();
      browser.find("dialog:not(.detail) [data-test=confirm]").click();
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
      browser.awaitTrue(() -> browser.count(close) == 0);
    }
  }

  @Test
  void itSaysWhichBackendAClientGets() {
    browser.find("#explain-client").sendKeys("192.0.2.7", Keys.ENTER);
    browser.awaitText("#explanation", "192.0.2.7 gets server-");
    browser.awaitText("#explanation", "round_robin");
  }

  @Test
  void thePhoneShowsTheSame() {
    browser.size(390, 844);
    browser.open(bed.adminAddress());
    browser.awaitState("server-3", "healthy");
    assertThat(browser.fits()).isTrue();
    assertThat(browser.row("server-3", "[data-test=drain]").isDisplayed()).isTrue();
    browser.awaitTrue(() -> share("server-3") > 0);
  }

  private static String backendOf(String client) {
    JsonObject all = bed.command(new JsonObject().put("command", "connection.list"));
    return all.getJsonArray("connections").stream()
        .map(JsonObject.class::cast)
        .filter(connection -> connection.getString("client").equals(client))
        .map(connection -> connection.getString("backend"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(client + " is not in " + all.encode()));
  }

  private static String mode(String backend) {
    return bed.stats().backend(backend).mode();
  }

  private static String algorithm() {
    return bed.status().getJsonArray("pools").getJsonObject(0).getString("algorithm");
  }

  private static String background(String backend) {
    return browser.find("tr[data-backend='" + backend + "']").getCssValue("background-color");
  }

  private static int share(String backend) {
    String text = browser.row(backend, "[data-test=share]").getText();
    return text.endsWith("%") ? Integer.parseInt(text.replace("%", "").strip()) : 0;
  }
}
