package io.loble.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.ClientVerticle;
import io.loble.ServerVerticle;
import io.loble.config.ConfigException;
import io.loble.sim.client.ClientReport;
import io.loble.sim.client.SimulatedClients;
import io.loble.sim.server.RawClient;
import io.loble.sim.server.ServerBus;
import io.loble.sim.server.ServerState;
import io.loble.sim.server.StatsLog;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class SimulatorVerticlesTest {

  private static final JsonObject SERVER =
      new JsonObject().put("host", "127.0.0.1").put("id", "server-1").put("control_port", 0);

  @Test
  void instancesOfOneServerShareItsPortsAndStatistics(Vertx vertx) throws Exception {
    Queue<ServerVerticle> instances = deployServers(vertx, 2);
    assertThat(instances).extracting(one -> one.server().port()).containsOnly(port(instances));
    assertThat(instances)
        .extracting(one -> one.server().controlPort())
        .containsOnly(instances.element().server().controlPort());
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(new RawClient(port(instances)));
      assertThat(clients.get(i).ask("REQ\n", "ACK\n")).isEqualTo("ACK\n");
    }
    assertThat(instances)
        .allSatisfy(one -> assertThat(one.server().state().stats().active()).isEqualTo(4));
    for (RawClient client : clients) {
      client.close();
    }
    await().until(() -> instances.element().server().state().stats().active() == 0);
  }

  @Test
  void allInstancesFreezeAndThaw(Vertx vertx) throws Exception {
    Queue<ServerVerticle> instances = deployServers(vertx, 3);
    ServerState state = instances.element().server().state();
    state.set(new JsonObject().put("freeze_accept", true));
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      clients.add(new RawClient(port(instances)).send("REQ\n"));
    }
    assertThat(clients.get(8).hearsNothing()).isTrue();
    assertThat(state.stats().acceptedTotal()).isZero();
    state.set(new JsonObject().put("freeze_accept", false));
    for (RawClient client : clients) {
      assertThat(client.read(4)).isEqualTo("ACK\n");
      client.close();
    }
  }

  @Test
  void aServerTakesCommandsOnTheEventBus(Vertx vertx) {
    ServerState state = deployServers(vertx, 2).element().server().state();
    assertThat(command(vertx, new JsonObject().put("command", "stats")).await())
        .isEqualTo(state.toJson());
    JsonObject settings = new JsonObject().put("delay_ms", 500).put("stop_reading", true);
    JsonObject set = new JsonObject().put("command", "set").put("settings", settings);
    assertThat(command(vertx, set).await()).isEqualTo(state.settings().toJson());
    assertThat(state.settings().behaviour().delayMillis()).isEqualTo(500);
    assertThat(state.settings().behaviour().faults().stopReading()).isTrue();
  }

  @Test
  void aBadCommandIsRefusedWithWhatWouldBeRight(Vertx vertx) {
    deployServers(vertx, 1);
    JsonObject settings = new JsonObject().put("delay_ms", -1).put("id", "x");
    assertRefused(
        vertx,
        new JsonObject().put("command", "set").put("settings", settings),
        "id: is fixed when the server starts; delay_ms: expected an integer from 0 to 3600000,"
            + " found -1");
    assertRefused(vertx, new JsonObject().put("command", "dance"), "send {\"command\":\"stats\"}");
    assertRefused(vertx, new JsonObject(), "send {\"command\":\"stats\"}");
  }

  private static void assertRefused(Vertx vertx, JsonObject command, String reason) {
    Future<JsonObject> refused = command(vertx, command);
    await().until(refused::isComplete);
    assertThat(refused.cause()).isInstanceOf(ReplyException.class).hasMessageContaining(reason);
    assertThat(((ReplyException) refused.cause()).failureCode()).isEqualTo(400);
  }

  private static Future<JsonObject> command(Vertx vertx, JsonObject command) {
    return vertx
        .eventBus()
        .<JsonObject>request(ServerBus.address("server-1"), command)
        .map(Message::body);
  }

  @Test
  void aServerLogsItsStatisticsOnceForAllInstances(Vertx vertx) {
    try (LogCapture log = new LogCapture(StatsLog.class)) {
      deployServers(vertx, 3, SERVER.copy().put("stats", "300ms"));
      await().until(() -> !log.lines().isEmpty());
      assertThat(log.lines())
          .containsExactly(
              "[server-1] active 0, accepted 0 (0/s), dropped 0, requests 0 (0/s), in 0 B, out 0"
                  + " B");
    }
  }

  @Test
  void anUndeployedServerStopsGracefullyAndFreesItsPort(Vertx vertx) throws Exception {
    JsonObject settings = SERVER.copy().put("delay_ms", 1000);
    ServerVerticle verticle = new ServerVerticle();
    String id = vertx.deployVerticle(verticle, new DeploymentOptions().setConfig(settings)).await();
    int port = verticle.server().port();
    try (RawClient client = new RawClient(port).send("PING 1\n")) {
      await().until(() -> verticle.server().state().stats().requests(Verb.PING) == 1);
      Future<Void> undeployed = vertx.undeploy(id);
      assertThat(client.readAll()).isEqualTo("PONG 1\n");
      undeployed.await();
    }
    deployServers(vertx, 2, SERVER.copy().put("port", port));
    try (RawClient client = new RawClient(port)) {
      assertThat(client.ask("REQ\n", "ACK\n")).isEqualTo("ACK\n");
    }
  }

  @Test
  void serversDeployedApartHavePortsApart(Vertx vertx) {
    assertThat(port(deployServers(vertx, 1))).isNotEqualTo(port(deployServers(vertx, 1)));
  }

  @Test
  void aBadConfigurationFailsTheDeployment(Vertx vertx) {
    JsonObject bad = new JsonObject().put("nonsense", 1);
    for (Class<?> verticle : List.of(ServerVerticle.class, ClientVerticle.class)) {
      Future<String> deployment =
          vertx.deployVerticle(verticle.getName(), new DeploymentOptions().setConfig(bad));
      await().until(deployment::isComplete);
      assertThat(deployment.cause())
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("nonsense");
    }
  }

  @Test
  void clientsReportOnRequestAndOnceAtTheEnd(Vertx vertx) {
    int port = port(deployServers(vertx, 1));
    List<ClientReport> published = new CopyOnWriteArrayList<>();
    vertx
        .eventBus()
        .<JsonObject>consumer(
            ClientVerticle.FINISHED_ADDRESS,
            message -> published.add(ClientReport.fromJson(message.body())));
    JsonObject config =
        new JsonObject()
            .put("target", "127.0.0.1:" + port)
            .put("rate", 100)
            .put("seed", 3)
            .put("duration", "500ms");
    vertx
        .deployVerticle(
            ClientVerticle.class.getName(),
            new DeploymentOptions().setInstances(2).setConfig(config))
        .await();

    await().until(() -> requestReport(vertx).total().finished() > 0);
    await().until(() -> !published.isEmpty());
    ClientReport last = requestReport(vertx);
    assertThat(published).containsExactly(last);
    assertThat(last.total().active()).isZero();
    assertThat(last.total().failed()).isZero();
  }

  @Test
  void clientsStopOnRequestAllInstancesOfThem(Vertx vertx) {
    int port = port(deployServers(vertx, 1));
    JsonObject config = new JsonObject().put("target", "127.0.0.1:" + port).put("rate", 200);
    Queue<ClientVerticle> verticles = new ConcurrentLinkedQueue<>();
    vertx
        .deployVerticle(
            () -> {
              ClientVerticle verticle = new ClientVerticle();
              verticles.add(verticle);
              return verticle;
            },
            new DeploymentOptions().setInstances(2).setConfig(config))
        .await();
    await().until(() -> requestReport(vertx).total().finished() > 0);
    ClientReport last =
        vertx
            .eventBus()
            .<JsonObject>request(ClientVerticle.STOP_ADDRESS, "please")
            .map(reply -> ClientReport.fromJson(reply.body()))
            .await();
    assertThat(last.total().active()).isZero();
    assertThat(last.total().failed()).isZero();
    assertThat(verticles).allSatisfy(one -> assertThat(one.report()).isEqualTo(last));
  }

  @Test
  void progressIsLoggedOnceForAllInstances(Vertx vertx) {
    int port = port(deployServers(vertx, 1));
    JsonObject config =
        new JsonObject()
            .put("target", "127.0.0.1:" + port)
            .put("rate", 100)
            .put("duration", "1050ms")
            .put("progress", "100ms");
    try (LogCapture log = new LogCapture(SimulatedClients.class)) {
      vertx
          .deployVerticle(
              ClientVerticle.class.getName(),
              new DeploymentOptions().setInstances(2).setConfig(config))
          .await();
      await().until(() -> requestReport(vertx).elapsedMillis() > 1_040);
      assertThat(log.lines())
          .filteredOn(line -> line.contains("answers"))
          .hasSizeBetween(3, 10)
          .allMatch(
              line ->
                  line.matches(
                      "\\[clients] \\d\\.\\d s  active \\d+  started \\d+ \\(\\d+/s\\)"
                          + "  answers \\d+ \\(\\d+/s\\)  failed 0  wrong 0"
                          + "  p50 \\d+\\.\\d ms  p99 \\d+\\.\\d ms"));
    }
  }

  @Test
  void undeployedClientsEndAndSaySo(Vertx vertx) {
    int port = port(deployServers(vertx, 1));
    List<JsonObject> published = new CopyOnWriteArrayList<>();
    vertx
        .eventBus()
        .<JsonObject>consumer(
            ClientVerticle.FINISHED_ADDRESS, message -> published.add(message.body()));
    JsonObject config = new JsonObject().put("target", "127.0.0.1:" + port).put("rate", 50);
    ClientVerticle verticle = new ClientVerticle();
    String id = vertx.deployVerticle(verticle, new DeploymentOptions().setConfig(config)).await();
    await().until(() -> verticle.report().total().started() > 3);
    vertx.undeploy(id).await();
    await().until(() -> published.size() == 1);
    assertThat(verticle.report().total().active()).isZero();
    assertThat(verticle.report().total().failed()).isZero();
  }

  private static ClientReport requestReport(Vertx vertx) {
    return vertx
        .eventBus()
        .<JsonObject>request(ClientVerticle.REPORT_ADDRESS, null)
        .map(reply -> ClientReport.fromJson(reply.body()))
        .await();
  }

  private static int port(Queue<ServerVerticle> instances) {
    return instances.element().server().port();
  }

  private static Queue<ServerVerticle> deployServers(Vertx vertx, int count) {
    return deployServers(vertx, count, SERVER);
  }

  private static Queue<ServerVerticle> deployServers(Vertx vertx, int count, JsonObject settings) {
    Queue<ServerVerticle> instances = new ConcurrentLinkedQueue<>();
    vertx
        .deployVerticle(
            () -> {
              ServerVerticle verticle = new ServerVerticle();
              instances.add(verticle);
              return verticle;
            },
            new DeploymentOptions().setInstances(count).setConfig(settings))
        .await();
    return instances;
  }
}
