package io.loble.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.testbed.Testbed;
import io.loble.testbed.TestbedPlan;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Backends that come and go leave no series behind. */
class ManySeriesTest {

  private static final int MANY = 1000;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static long backends(Testbed bed) throws IOException, InterruptedException {
    URI page = URI.create("http://" + bed.adminAddress() + "/metrics");
    String text = CLIENT.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
    return MetricsText.parse(text).count(labels -> labels.containsKey("backend"));
  }

  private static JsonObject pool() {
    JsonArray backends = new JsonArray();
    for (int i = 0; i < MANY; i++) {
      String address = "127.1." + i / 250 + "." + (1 + i % 250) + ":1";
      backends.add(new JsonObject().put("name", "many-" + i).put("address", address));
    }
    return new JsonObject()
        .put("command", "pool.add")
        .put("name", "many")
        .put("backends", backends)
        .put("health", new JsonObject().put("active", new JsonObject().put("enabled", false)));
  }

  @Test
  void aThousandComeAndGo() throws Exception {
    try (Testbed bed = Testbed.start(TestbedPlan.of(1))) {
      long before = backends(bed);
      bed.command(pool());
      assertThat(backends(bed)).isEqualTo(before * (1 + MANY));
      bed.command(new JsonObject().put("command", "pool.remove").put("pool", "many"));
      await().atMost(Duration.ofSeconds(30)).until(() -> backends(bed) == before);
    }
  }
}
