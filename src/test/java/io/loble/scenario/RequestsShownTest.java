package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.ConfigException;
import io.loble.model.Algorithm;
import io.loble.testbed.Testbed;
import io.loble.testbed.TestbedPlan;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that clients have made, as they are counted, and as explain says beforehand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestsShownTest {

  private static final String BALANCER =
      """
      {"listeners": [
         {"name": "counted", "address": "127.0.0.1:0", "mode": "http", "pool": "default",
          "routes": [{"path": "/nobody", "pool": "empty"}, {"path": "/old", "redirect": "https"}]},
         {"name": "explained", "address": "127.0.0.1:0", "mode": "http", "pool": "",
          "routes": [{"path": "/v2", "pool": "default", "strip_prefix": true}]},
         {"name": "plain", "address": "127.0.0.1:0", "pool": "other"}],
       "pools": {"empty": {}, "other": {}}}
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private Testbed bed;

  @BeforeAll
  void start() throws ConfigException {
    bed = Testbed.start(TestbedPlan.of(3).withBalancer(new JsonObject(BALANCER)));
  }

  @AfterAll
  void close() {
    bed.close();
  }

  @Test
  void eachIsCountedWhereItWasLedAndByWhatTheClientGot() {
    bed.algorithm("round_robin");
    long before = total(pool("default"));
    assertThat(get("counted", "/").statusCode()).isEqualTo(200);
    assertThat(get("counted", "/status/404").statusCode()).isEqualTo(404);
    assertThat(get("counted", "/status/503").statusCode()).isEqualTo(503);
    assertThat(get("counted", "/nobody").statusCode()).isEqualTo(503);
    assertThat(get("counted", "/old").statusCode()).isBetween(300, 399);

    await().atMost(20, TimeUnit.SECONDS).until(() -> total(listener("counted")) == 5);
    assertThat(codes(listener("counted")))
        .isEqualTo(
            """
            {"1xx":0,"2xx":1,"3xx":1,"4xx":1,"5xx":2,"none":0}""");
    assertThat(total(pool("default")) - before).isEqualTo(3);
    assertThat(codes(pool("empty")))
        .isEqualTo(
            """
            {"1xx":0,"2xx":0,"3xx":0,"4xx":0,"5xx":1,"none":0}""");
    long ofBackends = 0;
    for (Object backend : pool("default").getJsonArray("backends")) {
      ofBackends += total((JsonObject) backend);
    }
    assertThat(ofBackends).isEqualTo(total(pool("default")));
    assertThat(listener("counted").getJsonObject("requests").getJsonObject("ms").getDouble("sum"))
        .isPositive();
  }

  @Test
  void whereConnectionsAreBalancedNoneAreShown() {
    assertThat(listener("plain").getString("mode")).isEqualTo("tcp");
    assertThat(listener("plain").getValue("requests")).isNull();
    assertThat(pool("other").getValue("requests")).isNull();
    assertThat(listener("counted").getString("mode")).isEqualTo("http");
  }

  @ParameterizedTest
  @EnumSource(names = {"ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_HASH"})
  void theRequestGetsWhatWasSaid(Algorithm algorithm) {
    bed.algorithm(algorithm.label());
    for (int i = 0; i < 7; i++) {
      JsonObject said =
          Asked.of(
                  bed.adminAddress(),
                  "GET",
                  "explain?client=127.0.0.1&listener=explained&path=/v2/")
              .body();
      assertThat(said.getBoolean("certain")).isTrue();
      assertThat(said.getString("backend_path")).isEqualTo("/");

      HttpResponse<String> got = get("explained", "/v2/");

      assertThat(got.statusCode()).isEqualTo(200);
      assertThat(got.headers().firstValue("x-server")).contains(said.getString("backend"));
      await().atMost(20, TimeUnit.SECONDS).until(this::isQuiet);
    }
  }

  @Test
  void aListenerThatBalancedConnectionsBalancesRequestsFromNowOn() {
    JsonObject named = new JsonObject().put("name", "changed");
    bed.command(
        named
            .copy()
            .put("command", "listener.add")
            .put("address", "127.0.0.1:0")
            .put("pool", "default"));
    assertThat(listener("changed").getValue("requests")).isNull();
    bed.command(named.copy().put("command", "listener.update").put("mode", "http"));
    assertThat(listener("changed").getString("mode")).isEqualTo("http");
    assertThat(get("changed", "/status/404").statusCode()).isEqualTo(404);
    await().atMost(20, TimeUnit.SECONDS).until(() -> total(listener("changed")) == 1);
    bed.command(named.copy().put("command", "listener.remove").put("timeout", "0s"));
  }

  /** The request before may not be over yet when its answer has come. */
  private boolean isQuiet() {
    return pool("default").getJsonArray("backends").stream()
        .allMatch(backend -> ((JsonObject) backend).getLong("active") == 0);
  }

  private HttpResponse<String> get(String listener, String path) {
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://" + bed.address(listener) + path)).build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private JsonObject listener(String name) {
    return named(bed.status().getJsonArray("listeners"), name);
  }

  private JsonObject pool(String name) {
    return named(bed.status().getJsonArray("pools"), name);
  }

  private static JsonObject named(JsonArray items, String name) {
    return items.stream()
        .map(JsonObject.class::cast)
        .filter(item -> item.getString("name").equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name));
  }

  private static long total(JsonObject owner) {
    return owner.getJsonObject("requests").getLong("total");
  }

  private static String codes(JsonObject owner) {
    return owner.getJsonObject("requests").getJsonObject("codes").encode();
  }
}
