package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.ConfigException;
import io.loble.sim.client.ClientSettings;
import io.loble.sim.server.ServerSettings;
import io.loble.testbed.ServerPlan;
import io.loble.testbed.Testbed;
import io.loble.testbed.TestbedPlan;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the pictures of the documentation, of what their captions say: web-2 is down, web-3 is
 * slow, pg-2 drains. They are written to {@code target/pictures}; with {@code
 * -Dloble.pictures=docs} to that directory, and then minutes pass before, so that the lines have a
 * length.
 */
class DashboardPicturesIT {

  private static final String BALANCER =
      """
      {"listeners": [{"name": "web", "address": "127.0.0.1:0", "pool": "web"},
                     {"name": "postgres", "address": "127.0.0.1:0", "pool": "postgres"}],
       "pools": {"web": {"algorithm": "round_robin"},
                 "postgres": {"algorithm": "least_connections"}},
       "health": {"failure_threshold": 1, "active": {"interval": "500ms"}}}
      """;

  /** Time enough for the figures to be those of the state that is shown. */
  private static final Pattern LATER = Pattern.compile("unhealthy for ([4-9]|\\d\\d) s");

  private static final String DIRECTORY = "loble.pictures";
  private static final long SHORT_SECONDS = 5;
  private static final long LONG_SECONDS = 240;

  @Test
  void theyShowWhatTheirCaptionsSay(@TempDir Path profile) throws ConfigException, IOException {
    List<ServerPlan> servers =
        List.of(
            server("web-1", "web"),
            server("web-2", "web"),
            server("web-3", "web"),
            server("pg-1", "postgres"),
            server("pg-2", "postgres"));
    try (Testbed bed = Testbed.start(new TestbedPlan(servers, new JsonObject(BALANCER)));
        Browser browser = Browser.start(profile)) {
      traffic(bed, "web", 40);
      traffic(bed, "postgres", 5);
      bed.server("web-3").delay(900);
      browser.open(bed.adminAddress());
      pass(System.getProperty(DIRECTORY) == null ? SHORT_SECONDS : LONG_SECONDS);
      bed.drain("pg-2");
      bed.server("web-2").kill();
      browser.awaitState("web-2", "unhealthy");
      browser.awaitState("pg-2", "draining");
      browser.awaitText("#findings", "web-2 has been unhealthy for ");
      browser.awaitText("#findings", "web-3 holds ");
      browser.awaitTrue(() -> LATER.matcher(browser.find("#findings").getText()).find());
      browser.awaitText("#differs", "1 change not in the file");
      browser.size(1280, 960);
      save(browser, "dashboard-desktop.png");
      browser.size(390, 844);
      assertThat(browser.fits()).isTrue();
      save(browser, "dashboard-phone.png");
    }
  }

  private static ServerPlan server(String id, String pool) {
    return new ServerPlan(ServerSettings.onLoopback(id), Optional.of(pool), new JsonObject(), true);
  }

  private static void traffic(Testbed bed, String listener, int rate) throws ConfigException {
    bed.clients(
        ClientSettings.fromJson(
            new JsonObject()
                .put("target", bed.address(listener).toString())
                .put("rate", rate)
                .put("seed", 7)
                .put("weights", new JsonObject().put("real", 1))));
  }

  /** The lines are as long as the page has been open. */
  private static void pass(long seconds) {
    long begun = System.nanoTime();
    await()
        .atMost(seconds + 30, SECONDS)
        .until(() -> System.nanoTime() - begun >= SECONDS.toNanos(seconds));
  }

  private static void save(Browser browser, String name) throws IOException {
    Path directory = Path.of(System.getProperty(DIRECTORY, "target/pictures"));
    Files.createDirectories(directory);
    Path picture = Files.write(directory.resolve(name), browser.picture());
    assertThat(Files.size(picture)).isGreaterThan(20_000);
  }
}
