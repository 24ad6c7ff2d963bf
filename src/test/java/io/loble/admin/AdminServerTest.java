package io.loble.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.AdminConfig;
import io.loble.config.MetricsConfig;
import io.loble.control.ProcessStatus;
import io.loble.control.SampleBalancer;
import io.loble.model.Algorithm;
import io.loble.model.BackendState;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerTest {

  private static final HostPort ANY = new HostPort("127.0.0.1", 0);

  private final Vertx vertx = Vertx.vertx();
  private final SampleBalancer sample = new SampleBalancer(vertx);
  private final AdminServer server =
      Admins.server(vertx, "lb-7", new AdminConfig(ANY, ""), new MetricsConfig(true, ANY));

  @BeforeEach
  void start() {
    sample.pool("default", Algorithm.ROUND_ROBIN);
    sample.backend("default", "one", "10.0.0.1:8080", 10, BackendState.HEALTHY);
    sample.pool("postgres", Algorithm.LEAST_CONNECTIONS);
    sample.listener("main", "0.0.0.0:9000", "default");
    sample.publish(41);
    server.start().await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void theStatusHasTheFieldsOfTheContract() {
    HttpResponse<String> response = Web.get(server.address(), "/api/v1/status");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Web.header(response, "content-type")).isEqualTo("application/json");
    assertThat(Web.header(response, "cache-control")).isEqualTo("no-store");
    assertThat(Web.json(response).fieldNames())
        .containsExactly(
            "id",
            "version",
            "uptime_ms",
            "transport",
            "transport_advice",
            "tls_engine",
            "draining",
            "snapshot_version",
            "config",
            "listeners",
            "pools");
    assertThat(Web.json(response).getString("id")).isEqualTo("lb-7");
    assertThat(Web.json(response).getLong("snapshot_version")).isEqualTo(41);
  }

  @Test
  void poolsAreTheArrayOfTheStatus() {
    JsonObject status = Web.json(Web.get(server.address(), "/api/v1/status"));
    JsonArray pools = new JsonArray(Web.get(server.address(), "/api/v1/pools").body());

    assertThat(pools).hasSize(2).isEqualTo(status.getJsonArray("pools"));
  }

  @Test
  void onePoolIsServedByItsName() {
    HttpResponse<String> response = Web.get(server.address(), "/api/v1/pools/postgres");

    assertThat(response.body())
        .isEqualTo(
            "{\"name\":\"postgres\",\"algorithm\":\"least_connections\",\"send_proxy\":\"off\","
                + "\"source\":[],\"tls\":null,\"panic\":false,"
                + "\"retries\":{\"made\":0,\"refused\":0},"
                + "\"queue\":{\"length\":0,\"max\":0,\"timeouts\":0},\"discovery\":[],"
                + "\"requests\":null,\"backends\":[]}");
  }

  @Test
  void anUnknownPoolIsAProblemThatNamesTheKnownOnes() {
    HttpResponse<String> response = Web.get(server.address(), "/api/v1/pools/mysql");

    assertProblem(response, 404, "Not Found");
    assertThat(response.body())
        .isEqualTo(
            """
            {"type":"about:blank","title":"Not Found","status":404,\
            "detail":"no pool is called \\"mysql\\"; known: default, postgres"}""");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/nothing", "/api", "/api/v1", "/api/v1/nothing", "/livez/more", "/metricsx"})
  void anUnknownPathIsAProblem(String path) {
    HttpResponse<String> response = Web.get(server.address(), path);

    assertProblem(response, 404, "Not Found");
    assertThat(Web.json(response).getString("detail")).contains(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/livez", "/readyz", "/metrics", "/api/v1/status", "/api/v1/config"})
  void aWrongMethodIsAProblemThatNamesTheRightOnes(String path) {
    HttpResponse<String> response = Web.send("POST", server.address(), path);

    assertProblem(response, 405, "Method Not Allowed");
    assertThat(Web.header(response, "allow")).isEqualTo("GET, HEAD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/livez", "/readyz", "/metrics", "/api/v1/status"})
  void headIsAnsweredLikeGetWithoutABody(String path) {
    HttpResponse<String> response = Web.send("HEAD", server.address(), path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void aPathThatCannotBeDecodedIsTheClientsFault() {
    // The JDK's client refuses to send such a path.
    String answer = RawHttp.exchange(server.address(), "GET /api/v1/pools/%zz HTTP/1.1");

    assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("Exception");
  }

  /** The pool would be removed, being used by nobody. */
  @ParameterizedTest
  @ValueSource(strings = {"..", "%2E%2e", ".%2E", "../", ".", "..?timeout=0s"})
  void whatIsMeantForABackendIsNotDoneToItsPool(String name) {
    String path = "/api/v1/pools/postgres/backends/" + name;
    String request = "DELETE " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    assertThat(RawHttp.send(server.address(), request)).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void livezAnswersEvenWhileDraining() {
    ProcessStatus.of(vertx).startDraining();

    HttpResponse<String> response = Web.get(server.address(), "/livez");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"status\":\"alive\"}");
  }

  @Test
  void readyzFollowsTheBackendsAndTheEnd() {
    assertReadyz(200, "ready");
    sample.backend("default", "one", "10.0.0.1:8080", 10, BackendState.UNHEALTHY);
    sample.publish(42);
    assertReadyz(503, "no usable backend");
    sample.backend("default", "one", "10.0.0.1:8080", 10, BackendState.HEALTHY);
    sample.publish(43);
    assertReadyz(200, "ready");
    sample.removeListener("main");
    assertReadyz(503, "no open listener");
    ProcessStatus.of(vertx).startDraining();
    assertReadyz(503, "draining");
  }

  private void assertReadyz(int code, String status) {
    HttpResponse<String> response = Web.get(server.address(), "/readyz");
    assertThat(response.statusCode()).isEqualTo(code);
    assertThat(response.body()).isEqualTo(new JsonObject().put("status", status).encode());
  }

  private static void assertProblem(HttpResponse<String> response, int status, String title) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(Web.header(response, "content-type")).isEqualTo("application/problem+json");
    JsonObject problem = Web.json(response);
    assertThat(problem.fieldNames()).containsExactly("type", "title", "status", "detail");
    assertThat(problem.getString("title")).isEqualTo(title);
    assertThat(problem.getInteger("status")).isEqualTo(status);
  }
}
