package io.loble.sim.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.ConfigException;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class ServerControlTest {

  private final HttpClient http = HttpClient.newHttpClient();
  private SimulatedServer server;

  @BeforeEach
  void start(Vertx vertx) throws ConfigException {
    server = Servers.start(vertx, new JsonObject().put("control_port", 0));
  }

  @ParameterizedTest
  @CsvSource({
    "/delay,delay_ms",
    "/chaos,chaos_pct",
    "/hang,hang_ms",
    "/max-conns,max_conns",
    "/timeout,timeout_secs",
    "/stop-ms,stop_ms",
    "/reset-after,reset_after",
    "/bandwidth,bandwidth",
    "/corrupt,corrupt_pct"
  })
  void setsWhatItIsTold(String path, String key) throws Exception {
    HttpResponse<String> response = post(path, "50\n");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(response.body())).isEqualTo(new JsonObject().put(key, 50));
    assertThat(server.state().settings().toJson().getInteger(key)).isEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource({"/stop-reading,stop_reading", "/freeze-accept,freeze_accept", "/half-open,half_open"})
  void switchesOnAndOff(String path, String key) throws Exception {
    assertThat(post(path, "true").body()).isEqualTo("{\"" + key + "\":true}");
    assertThat(server.state().settings().toJson().getBoolean(key)).isTrue();
    assertThat(post(path, "0").body()).isEqualTo("{\"" + key + "\":false}");
    assertThat(post(path, "1").body()).isEqualTo("{\"" + key + "\":true}");
    assertThat(post(path, "false\n").body()).isEqualTo("{\"" + key + "\":false}");
    assertProblem(post(path, "on"), 400);
  }

  @Test
  void setsALatency() throws Exception {
    assertThat(post("/latency", "uniform 1 2.5\n").body())
        .isEqualTo("{\"latency\":\"uniform 1 2.5\"}");
    assertProblem(post("/latency", "uniform 3 2.5"), 400);
    assertThat(server.state().settings().behaviour().latency())
        .isEqualTo(new LatencyModel.Uniform(1, 2.5));
  }

  @ParameterizedTest
  @CsvSource({"POST", "PATCH"})
  void setsSeveralAtOnce(String method) throws Exception {
    HttpResponse<String> response =
        send(method, "/settings", "{\"delay_ms\": 7, \"half_open\": true}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(response.body())).isEqualTo(server.state().settings().toJson());
    assertThat(server.state().settings().behaviour().delayMillis()).isEqualTo(7);
    assertThat(server.state().settings().behaviour().faults().halfOpen()).isTrue();
    assertThat(get("/settings").body()).isEqualTo(response.body());
  }

  @Test
  void setsAllOrNothingAndSaysAllThatIsWrong() throws Exception {
    JsonObject before = server.state().settings().toJson();
    HttpResponse<String> response =
        post("/settings", "{\"delay_ms\": 7, \"chaos_pct\": 101, \"port\": 1, \"bandwith\": 1}");
    assertProblem(response, 400);
    assertThat(new JsonObject(response.body()).getJsonArray("errors"))
        .containsExactlyInAnyOrder(
            error("port", "is fixed when the server starts"),
            error("bandwith", "unknown key; did you mean 'bandwidth'?"),
            error("chaos_pct", "expected an integer from 0 to 100, found 101"));
    assertThat(server.state().settings().toJson()).isEqualTo(before);
    assertProblem(post("/settings", "{\"delay_ms\":"), 400);
    assertProblem(post("/settings", "[1]"), 400);
    assertProblem(post("/settings", ""), 400);
  }

  private static JsonObject error(String key, String reason) {
    return new JsonObject().put("key", key).put("reason", reason);
  }

  @Test
  void takesABodyThatCurlCallsAForm() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/delay"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("500"))
            .build();
    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    assertThat(server.state().settings().behaviour().delayMillis()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource({"''", "abc", "-1", "1.5", "101", "99999999999"})
  void aBadNumberIsRefusedWithWhatWouldBeRight(String body) throws Exception {
    HttpResponse<String> response = post("/chaos", body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
    JsonObject problem = new JsonObject(response.body());
    assertThat(problem.getInteger("status")).isEqualTo(400);
    assertThat(problem.getString("title")).isEqualTo("Bad Request");
    assertThat(problem.getString("detail"))
        .isEqualTo(
            "chaos_pct: expected an integer from 0 to 100, found the string \"" + body + "\"");
    assertThat(server.state().settings().behaviour().chaosPercent()).isZero();
  }

  @Test
  void otherCallsAreProblemsToo() throws Exception {
    assertProblem(get("/nowhere"), 404);
    assertProblem(get("/delay"), 405);
    assertProblem(post("/delay", "1".repeat(5000)), 413);
  }

  @Test
  void statsShowWhoWhatAndHowMuch() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.ask("REQ\n", "ACK\n");
      client.ask("PING 1\n", "PONG 1\n");
      JsonObject stats = new JsonObject(get("/stats").body());
      assertThat(stats.getString("id")).isEqualTo("server-2");
      assertThat(stats.getJsonObject("settings")).isEqualTo(server.state().settings().toJson());
      assertThat(stats.getInteger("active")).isEqualTo(1);
      assertThat(stats.getInteger("accepted")).isEqualTo(1);
      assertThat(stats.getInteger("dropped")).isZero();
      assertThat(stats.getLong("seed")).isEqualTo(server.state().seed());
      assertThat(stats.getJsonObject("requests").getMap())
          .isEqualTo(
              new JsonObject(
                      "{\"req\":1,\"ping\":1,\"stream\":0,\"slow\":0,\"echo\":0,\"unknown\":0,"
                          + "\"http\":0,\"websocket\":0}")
                  .getMap());
      assertThat(stats.getInteger("bytes_received")).isEqualTo(11);
      assertThat(stats.getInteger("bytes_sent")).isEqualTo(11);
    }
  }

  @Test
  void aDelaySetAtRunTimeHoldsForOpenConnections() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.ask("REQ\n", "ACK\n");
      post("/delay", "100");
      long start = System.nanoTime();
      assertThat(client.ask("REQ\n", "ACK\n")).isEqualTo("ACK\n");
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(99_000_000);
    }
  }

  private static void assertProblem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(new JsonObject(response.body()).getInteger("status")).isEqualTo(status);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send("POST", path, body);
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.ofString(body)).build();
    return http.send(request, BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.controlPort() + path);
  }
}
