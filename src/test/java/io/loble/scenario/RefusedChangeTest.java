package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A change that cannot be made as a whole disturbs nobody. */
@ExtendWith(VertxExtension.class)
class RefusedChangeTest {

  @Test
  void whatWouldBeClosedStaysOpenWhereSomethingCannotBeOpened(Vertx vertx) throws Exception {
    try (Server echo = Server.echoing()) {
      int port = Peers.freePort();
      int other = Peers.freePort();
      deploy(vertx, config(echo.port(), listener("a", port), elsewhere("moved", port)));
      command(vertx, listener("b", other).put("command", "listener.add"));
      command(vertx, new JsonObject().put("command", "listener.remove").put("name", "moved"));
      try (ServerSocket taken = onceItIsFree(port);
          Socket open = Ask.connect(other)) {
        assertEchoes(open);
        assertThatThrownBy(() -> rollback(vertx)).hasMessageContaining("127.0.0.2:" + port);
        assertThat(taken.isBound()).isTrue();
        await()
            .atMost(20, SECONDS)
            .during(Duration.ofMillis(500))
            .untilAsserted(() -> assertEchoes(open));
        Ask.connect(other).close();
      }
    }
  }

  /** The answer does not wait for the port to be let go of. */
  private static ServerSocket onceItIsFree(int port) {
    return await()
        .atMost(20, SECONDS)
        .ignoreException(BindException.class)
        .until(() -> new ServerSocket(port, 1, InetAddress.getByName("127.0.0.2")), s -> true);
  }

  private static void rollback(Vertx vertx) {
    command(vertx, new JsonObject().put("command", "config.rollback").put("version", 1));
  }

  private static void deploy(Vertx vertx, JsonObject config) {
    for (String name : new String[] {"loble:health", "loble:proxy", "loble:admin"}) {
      vertx.deployVerticle(name, new DeploymentOptions().setConfig(config)).await();
    }
  }

  private static void command(Vertx vertx, JsonObject command) {
    vertx.eventBus().request("loble.admin", command).await();
  }

  /** What is closed has no time to finish, so that it would be missed at once. */
  private static JsonObject config(int backend, JsonObject... listeners) {
    return new JsonObject()
        .put("listeners", JsonArray.of((Object[]) listeners))
        .put("timeouts", new JsonObject().put("drain", "0s"))
        .put("admin", new JsonObject().put("address", "127.0.0.1:0"))
        .put("backends", JsonArray.of(new JsonObject().put("address", "127.0.0.1:" + backend)));
  }

  private static JsonObject listener(String name, int port) {
    return new JsonObject().put("name", name).put("address", "127.0.0.1:" + port);
  }

  private static JsonObject elsewhere(String name, int port) {
    return listener(name, port).put("address", "127.0.0.2:" + port);
  }

  private static void assertEchoes(Socket socket) throws IOException {
    socket.getOutputStream().write('x');
    assertThat(socket.getInputStream().read()).isEqualTo('x');
  }
}
