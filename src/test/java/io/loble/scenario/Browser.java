package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.model.HostPort;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A browser that nobody sees, with the dashboard in it. */
final class Browser implements AutoCloseable {

  /** Warns of every browser newer than itself. Kept, or its level would be forgotten with it. */
  private static final Logger VERSIONS = Logger.getLogger("org.openqa.selenium.devtools");

  static {
    VERSIONS.setLevel(Level.SEVERE);
  }

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Starts one, of the size of a desk's screen.
   *
   * @param profile a directory that nobody else uses
   */
  static Browser start(Path profile) {
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(Peers.path("chromedriver")))
            .usingAnyFreePort()
            .build();
    Browser browser = new Browser(new ChromeDriver(service, options(profile)));
    browser.restore();
    return browser;
  }

  private static ChromeOptions options(Path profile) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(Peers.path("chromium"));
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    return options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
  }

  /** Opens the dashboard there. */
  void open(HostPort admin) {
    open(admin, "/");
  }

  /** Opens what is at a path there. */
  void open(HostPort admin, String path) {
    driver.get("http://" + admin + path);
  }

  /** Leaves the page, and is as one that was started just now, but for what pages have stored. */
  void leave() {
    driver.get("about:blank");
    restore();
    complaints();
  }

  private void restore() {
    scripts(true);
    size(1280, 800);
    dark(false);
  }

  /** The path and the query of the page that is shown. */
  String location() {
    String url = Objects.requireNonNull(driver.getCurrentUrl());
    return URI.create(url).getRawPath()
        + Optional.ofNullable(URI.create(url).getRawQuery()).map(query -> '?' + query).orElse("");
  }

  void back() {
    driver.navigate().back();
  }

  void reload() {
    driver.navigate().refresh();
  }

  /** Whether the page is dark, as the system may say. */
  void dark(boolean dark) {
    Map<String, String> scheme =
        Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
  }

  /** Without scripts, or with them, from the next page on. */
  void scripts(boolean allowed) {
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !allowed));
  }

  /** A picture of what is seen, as PNG. */
  byte[] picture() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  int count(String css) {
    return driver.findElements(By.cssSelector(css)).size();
  }

  /** The row of a backend, or what is in it. */
  WebElement row(String backend, String css) {
    return find("tr[data-backend='" + backend + "'] " + css);
  }

  /** Waits until a row says that a backend is in a state, and shows it. */
  void awaitState(String backend, String state) {
    awaitTrue(
        () ->
            state.equals(find("tr[data-backend='" + backend + "']").getDomAttribute("data-state"))
                && row(backend, "[data-test=state]").getText().equals(state));
  }

  /** Waits for some text in what is there. */
  void awaitText(String css, String text) {
    await()
        .atMost(20, SECONDS)
        .ignoreExceptionsInstanceOf(WebDriverException.class)
        .untilAsserted(() -> assertThat(find(css).getText()).contains(text));
  }

  /** Waits for something to be as it should; that it cannot be looked at counts as not yet. */
  void awaitTrue(Callable<Boolean> seen) {
    await().atMost(20, SECONDS).ignoreExceptionsInstanceOf(WebDriverException.class).until(seen);
  }

  /** What has the focus. */
  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  Object run(String script) {
    return Objects.requireNonNullElse(driver.executeScript(script), "null");
  }

  /** Whether all fits beside each other. */
  boolean fits() {
    return Boolean.TRUE.equals(
        run("return document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
  }

  /** What the console has said since it was last asked, if it is bad. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  /** Whom requests have been sent to since it was last asked. */
  Set<String> hosts() {
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(entry -> new JsonObject(entry.getMessage()).getJsonObject("message"))
        .filter(message -> message.getString("method").equals("Network.requestWillBeSent"))
        .map(message -> message.getJsonObject("params").getJsonObject("request").getString("url"))
        // The browser's own pages are no host's.
        .filter(url -> !url.startsWith("data:") && !url.startsWith("chrome"))
        .map(url -> URI.create(url).getAuthority())
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    driver.quit();
  }
}
