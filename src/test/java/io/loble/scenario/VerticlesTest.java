package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every verticle deploys by name, alone or with others, as from any language of Vert.x. */
@ExtendWith(VertxExtension.class)
class VerticlesTest {

  @Test
  void theProxyAloneServes(Vertx vertx) throws Exception {
    try (Server server = Server.acking()) {
      int port = Peers.freePort();
      deploy(vertx, "loble:proxy", config(port, 0, server.port()));
      Ask.forAck(port);
    }
  }

  @Test
  void aSharedPortIsRefusedWhereItCannotBeHad(Vertx withNio) throws Exception {
    JsonObject config = config(Peers.freePort(), 0, 1);
    config.getJsonObject("listener").put("reuse_port", true);
    assertThatThrownBy(() -> deploy(withNio, "loble:proxy", config))
        .hasMessageContaining("listener 'default'")
        .hasMessageContaining("reuse_port needs another transport than nio");
  }

  @Test
  void classNamesDeployToo(Vertx vertx) throws Exception {
    try (Server server = Server.acking()) {
      int port = Peers.freePort();
      JsonObject config = config(port, 0, server.port());
      for (String name : List.of("Health", "Proxy", "Admin")) {
        deploy(vertx, "io.loble." + name + "Verticle", config);
      }
      Ask.forAck(port);
    }
  }

  @Test
  void statusIsTheSameOnBothFaces(Vertx vertx) throws Exception {
    try (Server server = Server.acking()) {
      int port = Peers.freePort();
      int adminPort = Peers.freePort();
      JsonObject config = config(port, adminPort, server.port());
      for (String name : List.of("loble:health", "loble:proxy", "loble:admin")) {
        deploy(vertx, name, config);
      }
      Ask.forAck(port);
      Admin admin = new Admin("127.0.0.1:" + adminPort);
      await().atMost(10, SECONDS).until(() -> admin.active() == 0);
      JsonObject overBus =
          vertx
              .eventBus()
              .<JsonObject>request("loble.admin", new JsonObject().put("command", "status"))
              .await()
              .body();
      assertThat(timeless(overBus)).isEqualTo(timeless(admin.status()));
      assertThat(overBus.getJsonArray("pools").getJsonObject(0).getString("name"))
          .isEqualTo("default");
    }
  }

  @Test
  void verticlesOnTheirOwnAreSteeredOverTheBus(Vertx vertx) throws Exception {
    try (Server server = Server.acking()) {
      int port = Peers.freePort();
      JsonObject config = config(port, 0, Peers.freePort());
      for (String name : List.of("loble:health", "loble:proxy", "loble:admin")) {
        deploy(vertx, name, config);
      }
      JsonObject add = new JsonObject().put("address", "127.0.0.1:" + server.port());
      assertThat(ask(vertx, "backend.add", add.put("name", "b")).getString("mode"))
          .isEqualTo("ready");
      JsonObject update = new JsonObject().put("backend", "b").put("weight", 256);
      assertThat(ask(vertx, "backend.update", update).getInteger("weight")).isEqualTo(256);
      Ask.forAck(port);
      JsonObject remove = new JsonObject().put("name", "b").put("pool", "default");
      assertThat(ask(vertx, "backend.remove", remove).getString("mode")).isEqualTo("leaving");
      assertThatThrownBy(() -> ask(vertx, "config.reload", new JsonObject()))
          .isInstanceOfSatisfying(
              ReplyException.class, e -> assertThat(e.failureCode()).isEqualTo(409));
    }
  }

  private static JsonObject ask(Vertx vertx, String command, JsonObject arguments) {
    return vertx
        .eventBus()
        .<JsonObject>request("loble.admin", arguments.copy().put("command", command))
        .await()
        .body();
  }

  @Test
  void deployedAgainTheAdminInterfaceOpensWhereItIsTold(Vertx vertx) throws Exception {
    String first = deploy(vertx, "loble:admin", config(0, Peers.freePort(), 1));
    vertx.undeploy(first).await();
    int adminPort = Peers.freePort();
    deploy(vertx, "loble:admin", config(0, adminPort, 1));
    assertThat(new Admin("127.0.0.1:" + adminPort).status().getString("id")).isEqualTo("lb-1");
  }

  @Test
  void deployedAgainTheAdminInterfaceKnowsWhatWasChanged(Vertx vertx) throws Exception {
    JsonObject config = config(0, 0, Peers.freePort());
    deploy(vertx, "loble:health", config);
    String admin = deploy(vertx, "loble:admin", config);
    command(vertx, new JsonObject().put("command", "pool.add").put("name", "blue"));
    vertx.undeploy(admin).await();
    deploy(vertx, "loble:admin", config);
    command(vertx, new JsonObject().put("command", "pool.add").put("name", "green"));
    JsonObject pools = command(vertx, new JsonObject().put("command", "pool.list"));
    assertThat(pools.getJsonArray("pools").stream().map(p -> ((JsonObject) p).getString("name")))
        .containsExactly("default", "blue", "green");
  }

  @Test
  void whenAllAreDeployedAgainNothingIsLeftOfBefore(Vertx vertx) throws Exception {
    JsonObject config = config(0, 0, Peers.freePort());
    List<String> all =
        List.of(deploy(vertx, "loble:health", config), deploy(vertx, "loble:admin", config));
    command(vertx, new JsonObject().put("command", "pool.add").put("name", "blue"));
    all.forEach(id -> vertx.undeploy(id).await());
    deploy(vertx, "loble:health", config);
    deploy(vertx, "loble:admin", config);
    JsonObject now =
        command(vertx, new JsonObject().put("command", "status")).getJsonObject("config");
    assertThat(now.getJsonArray("differs")).isEmpty();
    assertThat(now.getLong("version")).isEqualTo(1);
  }

  private static JsonObject command(Vertx vertx, JsonObject command) {
    return vertx.eventBus().<JsonObject>request("loble.admin", command).await().body();
  }

  @Test
  void snapshotsAreAnnounced(Vertx vertx) throws Exception {
    List<Long> versions = new CopyOnWriteArrayList<>();
    vertx
        .eventBus()
        .<JsonObject>consumer("loble.snapshot", m -> versions.add(m.body().getLong("version")))
        .completion()
        .await();
    JsonObject config = config(0, 0, Peers.freePort());
    JsonObject probes = new JsonObject().put("interval", "20ms");
    config.put("health", new JsonObject().put("failure_threshold", 2).put("active", probes));
    deploy(vertx, "loble:health", config);
    await().atMost(10, SECONDS).untilAsserted(() -> assertThat(versions).containsExactly(1L, 2L));
  }

  @Test
  void aServerDeploysByName(Vertx vertx) throws Exception {
    int port = Peers.freePort();
    deploy(vertx, "loble:server", new JsonObject().put("host", "127.0.0.1").put("port", port));
    Ask.forAck(port);
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes(Vertx vertx) {
    assertThatThrownBy(() -> deploy(vertx, "loble:porxy", new JsonObject()))
        .hasMessageContaining("loble:porxy")
        .hasMessageContaining("loble:proxy")
        .hasMessageContaining("loble:health");
  }

  private static String deploy(Vertx vertx, String name, JsonObject config) {
    return vertx.deployVerticle(name, new DeploymentOptions().setConfig(config)).await();
  }

  private static JsonObject config(int port, int adminPort, int backend) {
    return new JsonObject()
        .put("listener", address(port))
        .put("admin", address(adminPort))
        .put("backends", new JsonArray().add(address(backend)));
  }

  private static JsonObject address(int port) {
    return new JsonObject().put("address", "127.0.0.1:" + port);
  }

  private static JsonObject timeless(JsonObject status) {
    status.remove("uptime_ms");
    return status;
  }
}
