package io.loble.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.AdminConfig;
import io.loble.config.MetricsConfig;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandBusTest {

  private static final HostPort ANY = new HostPort("127.0.0.1", 0);

  private final Vertx vertx = Vertx.vertx();
  private final AdminServer server =
      Admins.server(vertx, "lb-7", new AdminConfig(ANY, ""), new MetricsConfig(true, ANY));

  @BeforeEach
  void start() {
    server.start().await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void theStatusIsTheJsonOfHttp() {
    JsonObject reply = (JsonObject) request(new JsonObject().put("command", "status"));
    JsonObject overHttp = Web.json(Web.get(server.address(), "/api/v1/status"));
    reply.remove("uptime_ms");
    overHttp.remove("uptime_ms");

    assertThat(reply.encode()).isEqualTo(overHttp.encode());
  }

  @Test
  void oneOfManyIsReachedByItsId() {
    Object reply =
        vertx
            .eventBus()
            .request("loble.admin.lb-7", new JsonObject().put("command", "status"))
            .await()
            .body();
    assertThat(((JsonObject) reply).getString("id")).isEqualTo("lb-7");
  }

  @Test
  void anUnknownCommandFailsWith404AndNamesTheKnownOnes() {
    assertRefused(
        new JsonObject().put("command", "explode"),
        404,
        "no command is called \"explode\"; known: backend.add, backend.eject, backend.get,"
            + " backend.readmit, backend.remove,"
            + " backend.update, client.list, config.get, config.plan, config.reload,"
            + " config.rollback, config.versions, connection.close, connection.list, explain, history,"
            + " listener.add, listener.get, listener.list, listener.remove, listener.update,"
            + " pool.add, pool.algorithm, pool.get, pool.list, pool.rebalance, pool.remove, status,"
            + " thread.list");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"command\":null}", "{\"command\":7}", "{\"comand\":\"status\"}"})
  void aMissingCommandFailsWith400(String body) {
    assertRefused(new JsonObject(body), 400, "send a JSON object such as {\"command\":\"status\"}");
  }

  @Test
  void aBodyThatIsNoObjectFailsWith400() {
    assertRefused("status", 400, "send a JSON object such as {\"command\":\"status\"}");
  }

  @Test
  void aStoppedServerListensNoMore() {
    server.stop().await();

    assertThatThrownBy(() -> request(new JsonObject().put("command", "status")))
        .isInstanceOfSatisfying(
            ReplyException.class,
            e -> assertThat(e.failureType()).isEqualTo(ReplyFailure.NO_HANDLERS));
  }

  private Object request(Object body) {
    return vertx.eventBus().request("loble.admin", body).await().body();
  }

  private void assertRefused(Object body, int code, String message) {
    assertThatThrownBy(() -> request(body))
        .isInstanceOfSatisfying(
            ReplyException.class, e -> assertThat(e.failureCode()).isEqualTo(code))
        .hasMessage(message);
  }
}
