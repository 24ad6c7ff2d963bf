package io.loble.sim.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.ClientVerticle;
import io.loble.sim.server.Servers;
import io.loble.sim.server.SimulatedServer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ClosedLoopTest {

  @Test
  void asManyClientsAreActiveAsThereArePlacesHoweverManyInstances(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    JsonObject config =
        ClientRuns.only(ClientKind.IDLE)
            .put("target", "127.0.0.1:" + server.port())
            .put("connections", 7)
            .put("duration", "30s");
    var id =
        vertx
            .deployVerticle(
                ClientVerticle.class.getName(),
                new DeploymentOptions().setInstances(3).setConfig(config))
            .await();
    await().until(() -> server.state().stats().active() == 7);
    assertThat(server.state().stats().acceptedTotal()).isEqualTo(7);
    vertx.undeploy(id).await();
  }

  @Test
  void oneBeginsWhenAnotherEnds(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    JsonObject settings = ClientRuns.only(ClientKind.REAL).put("connections", 5);
    SimulatedClients clients = ClientRuns.start(vertx, server.port(), settings);
    await().until(() -> clients.report().total().started() > 0);
    assertThat(clients.report().total().active()).isBetween(4L, 5L);
    ClientReport report = clients.finished().await();
    assertThat(report.total().failed()).isZero();
    assertThat(report.total().started()).isGreaterThan(5);
    assertThat(report.total().stopped()).isLessThanOrEqualTo(5);
  }

  @Test
  void placesOpenOneByOneWhileItRampsUp(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    JsonObject settings =
        ClientRuns.only(ClientKind.IDLE).put("connections", 10_000).put("ramp_up", "1000s");
    ClientReport report = ClientRuns.run(vertx, server.port(), settings);
    // Ten a second, for one second.
    assertThat(report.total().started()).isBetween(5L, 12L);
  }

  @Test
  void aServerThatIsGoneIsNotTriedWithoutEnd(Vertx vertx) throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    JsonObject settings = ClientRuns.only(ClientKind.REAL).put("connections", 2);
    ClientReport report = ClientRuns.run(vertx, closed, settings);
    // Pauses of 10, 20, 40 ms and so on leave room for seven tries in a second.
    assertThat(report.total().failures().get(Outcome.CONNECT)).isBetween(2L, 16L);
  }

  @Test
  void pausesDoubleUpToASecond() {
    assertThat(SlotArrivals.pauseMillis(1)).isEqualTo(10);
    assertThat(SlotArrivals.pauseMillis(2)).isEqualTo(20);
    assertThat(SlotArrivals.pauseMillis(7)).isEqualTo(640);
    assertThat(SlotArrivals.pauseMillis(8)).isEqualTo(1000);
    assertThat(SlotArrivals.pauseMillis(Integer.MAX_VALUE)).isEqualTo(1000);
  }
}
