package io.loble.scenario;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The dashboard in front of 60 backends with the names of real hosts, in three pools. */
class DashboardFleetIT {

  private static final int EACH = 20;
  private static final String PROBED = "interval = \"200ms\"";
  private static final String ALL_DEAD =
      "has no backend in rotation, new connections are turned away: ";

  /** One for all tests: what pages store is of an origin, and each fleet has its own. */
  private static Browser browser;

  private Fleet fleet;

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

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    fleet = Fleet.start(directory, EACH, PROBED);
    browser.open(fleet.admin());
    browser.awaitState(Fleet.name("cache", EACH), "healthy");
    browser.awaitText("#well", "All is well: all 60 backends are in rotation.");
  }

  @AfterEach
  void nothingWentWrong() {
    try {
      assertThat(browser.complaints()).isEmpty();
    } finally {
      browser.leave();
      fleet.close();
    }
  }

  @Test
  void everyBackendIsALineWithAllOfItsNameInTheTitle() {
    assertThat(heights()).hasSize(3 * EACH).allSatisfy(height -> assertThat(height).isLessThan(32));
    assertThat(browser.fits()).isTrue();
    WebElement name = browser.row(Fleet.name("postgres", 1), "button.name");
    assertThat(name.getDomAttribute("title")).isEqualTo("postgres-01.eu-west-1.prod.example.com");
    // Both ends are seen, and nothing of the end is cut off.
    assertThat(name.getText()).contains("postgres-01.");
    WebElement tail = name.findElement(By.cssSelector(".tail"));
    assertThat(tail.getText()).isEqualTo(".com");
    assertThat(tail.getRect().getX() + tail.getRect().getWidth())
        .isLessThanOrEqualTo(name.getRect().getX() + name.getRect().getWidth() + 1);

    browser.size(390, 844);
    assertThat(browser.fits()).isTrue();
    assertThat(heights()).allSatisfy(height -> assertThat(height).isLessThan(95));
    browser.dark(true);
    browser.awaitTrue(() -> luminance("body") < 60);
    assertThat(browser.fits()).isTrue();
  }

  @Test
  void findingsAreCountedByPoolAndCauseAndOpen() {
    fleet.update("postgres", 3, "{\"state\": \"drain\"}");
    fleet.update("postgres", 4, "{\"state\": \"drain\"}");
    fleet.update("web", 5, "{\"weight\": 0}");
    browser.awaitState(Fleet.name("postgres", 4), "draining");
    browser.awaitText("#well", "57 of 60 backends are in rotation, the others are kept out");

    fleet.kill("postgres");
    browser.awaitText("#findings", ALL_DEAD + "18 unhealthy (connection refused for ");
    browser.awaitText("#findings", "), 2 drained by command");
    assertThat(browser.count("#findings > li")).isEqualTo(1);

    browser.find("#findings summary").click();
    browser.awaitTrue(() -> browser.count("#findings .names button") == 20);
    assertThat(browser.find("#findings .part").getText())
        .contains("18 unhealthy: connection refused");
    browser.find("#findings .part:nth-child(2) .names button").click();
    browser.awaitTrue(
        () -> browser.focused().getText().replace("\n", "").equals(Fleet.name("postgres", 3)));
    // It stays open while the figures in it change.
    String before = browser.find("#findings summary").getText();
    browser.awaitTrue(() -> !browser.find("#findings summary").getText().equals(before));
    assertThat(browser.count("#findings .names button")).isEqualTo(20);
  }

  @Test
  void whenEverythingIsDeadEveryPoolSaysSoFirst() {
    int port = fleet.port("web");
    Fleet.POOLS.forEach(fleet::kill);
    for (String pool : Fleet.POOLS) {
      browser.awaitText("[data-finding='pool " + pool + "']", ALL_DEAD + "20 unhealthy");
    }
    turnAway(port);
    turnAway(port);
    browser.awaitText(
        "#findings", "2 clients were turned away in the last minute: 2 no backend in rotation");
    for (int place = 1; place <= 3; place++) {
      assertThat(browser.find("#findings > li:nth-child(" + place + ")").getText())
          .contains(ALL_DEAD);
    }
    assertThat(browser.find("tr[data-listener=web] [data-test=refused]").getText())
        .isEqualTo("2 no backend in rotation in the last minute");

    browser.find("#hurting").click();
    assertThat(browser.count("tr[data-backend]")).isEqualTo(3 * EACH);
    browser.find("#filter").sendKeys("cache-0");
    browser.awaitTrue(() -> browser.count("tr[data-backend]") == 9);
    assertThat(browser.count("[data-pool-card]")).isEqualTo(1);
    assertThat(browser.find("#hidden-pools").getText())
        .isEqualTo("2 pools without a match are hidden");
  }

  @Test
  void theAddressHoldsWhatIsSeen() {
    browser.find("[data-pool-card=web] [data-test=fold]").click();
    browser.find("[data-pool-card=cache] [data-test=sort-name]").click();
    browser.find("[data-pool-card=cache] [data-test=sort-name]").click();
    browser.run("history.replaceState(null, '', location.search + '&range=1h')");
    browser.find("#filter").sendKeys("cache-1");
    browser.awaitTrue(() -> browser.location().contains("q=cache-1"));
    Map<String, String> expected =
        Map.ofEntries(entry("fold", "web"), entry("sort", "-name"), entry("range", "1h"));
    expected.forEach((key, value) -> assertThat(browser.location()).contains(key + "=" + value));
    List<String> before = names();
    assertThat(before).hasSize(10).startsWith(Fleet.name("cache", 19));

    browser.reload();
    browser.awaitTrue(() -> names().equals(before));
    assertThat(browser.find("#filter").getDomProperty("value")).isEqualTo("cache-1");

    String shared = browser.location();
    browser.row(Fleet.name("cache", 12), "button.name").click();
    browser.awaitText("dialog h2", Fleet.name("cache", 12));
    assertThat(browser.location()).contains("backend=cache-12").contains("range=1h");
    browser.reload();
    browser.awaitText("dialog h2", Fleet.name("cache", 12));
    browser.back();
    browser.awaitTrue(() -> browser.count("dialog") == 0);
    assertThat(browser.location()).isEqualTo(shared);

    browser.row(Fleet.name("cache", 13), "button.name").click();
    browser.awaitText("dialog h2", Fleet.name("cache", 13));
    browser.find("dialog .close").click();
    browser.awaitTrue(() -> browser.location().equals(shared));
    assertThat(browser.count("dialog")).isZero();
    assertThat(names()).isEqualTo(before);
  }

  @Test
  void theAnswerWhoGetsAClientFollowsTheState() {
    browser.find("#explain-listener").sendKeys("postgres");
    browser.find("#explain-client").sendKeys("192.0.2.7\n");
    browser.awaitText("#explanation", "192.0.2.7 gets postgres-");

    fleet.kill("postgres");
    browser.awaitText("#explanation", "192.0.2.7 is turned away: no backend in rotation.");
    assertThat(browser.find("#explanation").getText()).doesNotContain(" gets ");
  }

  @Test
  void oneClientThatAHashSendsToOneBackendIsNotCalledSlow() {
    fleet.algorithm("cache", "source_hash");
    List<Held> held = Held.open(fleet.port("cache"), 40);
    try {
      browser.awaitText("[data-listener=cache] [data-test=active]", "40");
      browser.awaitTrue(() -> browser.count("[data-pool-card=cache] [data-test=active]") == EACH);
      browser.awaitTrue(() -> names("[data-pool-card=cache] tr [data-test=active]").contains("40"));
      assertThat(browser.find("#findings").getText()).isEmpty();
      browser.awaitText("#well", "All is well");
    } finally {
      held.forEach(Held::close);
    }
  }

  @Test
  void connectionsAreSearchedByClientAndTheBusiestStandFirst() {
    List<Held> held = Held.open(fleet.port("web"), 30);
    try {
      browser.find("tr[data-listener=web] button.name").click();
      browser.awaitText("dialog [data-test=top]", "127.0.0.1 30 open");
      browser.awaitTrue(() -> browser.count("dialog tr[data-client]") == 30);
      assertThat(browser.location()).contains("listener=web");

      browser.find("dialog [data-test=client]").sendKeys("127.0.0.2");
      browser.awaitText("dialog [data-test=connections]", "None of 127.0.0.2 is open.");
      assertThat(browser.location()).contains("client=127.0.0.2");
      browser.find("dialog [data-test=top] button").click();
      browser.awaitText("dialog [data-test=connections]", "30 open of 127.0.0.1");
      browser.find("dialog .close").click();
      browser.awaitTrue(() -> browser.count("dialog") == 0);

      browser.find("#all-connections").click();
      browser.awaitTrue(() -> browser.count("dialog tr[data-client]") == 30);
      assertThat(browser.find("dialog").getText()).contains("Listener").contains("Backend");
    } finally {
      held.forEach(Held::close);
    }
    browser.find("dialog .close").click();
    browser.awaitTrue(
        () -> !browser.find("tr[data-listener=web] [data-test=p99]").getText().equals("–"));
    browser.row(Fleet.name("web", 1), "button.name").click();
    browser.awaitText("dialog .facts", "Most open at once\n");
    assertThat(browser.find("dialog .facts").getText())
        .containsPattern("Most open at once\\s+[12]\\b")
        .containsPattern("Share of errors\\s+0 %")
        .containsPattern("Duration\\s+p50 ");
    browser.find("dialog .close").click();
  }

  private List<Long> heights() {
    return ((List<?>)
            browser.run(
                "return [...document.querySelectorAll('tr[data-backend]')]"
                    + ".map((row) => Math.round(row.getBoundingClientRect().height))"))
        .stream().map(Long.class::cast).toList();
  }

  private List<String> names() {
    return names("tr[data-backend] button.name");
  }

  private List<String> names(String css) {
    return ((List<?>)
            browser.run(
                "return [...document.querySelectorAll(\"" + css + "\")].map((n) => n.textContent)"))
        .stream().map(String.class::cast).toList();
  }

  /** How light the background of something is, from 0 to 255. */
  private long luminance(String css) {
    return (Long)
        browser.run(
            "const [r, g, b] = getComputedStyle(document.querySelector('"
                + css
                + "')).backgroundColor.match(/\\d+/g); return Math.round((+r + +g + +b) / 3)");
  }

  /** Comes as a client, and is reset, perhaps before it knows that it is connected. */
  private static void turnAway(int port) {
    assertThatThrownBy(
            () -> {
              try (Socket client = Ask.connect(port)) {
                client.getInputStream().read();
              }
            })
        .isInstanceOf(SocketException.class);
  }
}
