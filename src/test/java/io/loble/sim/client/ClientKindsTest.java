package io.loble.sim.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.sim.server.ServerStats;
import io.loble.sim.server.Servers;
import io.loble.sim.server.SimulatedServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kinds of clients that are only there on demand. */
@ExtendWith(VertxExtension.class)
class ClientKindsTest {

  @ParameterizedTest
  @EnumSource(names = {"BULK", "HALF_CLOSE", "RESET", "RECONNECT_STORM", "HTTP", "WEBSOCKET"})
  void noneOfThemFailsAgainstAServerThatWorks(ClientKind kind, Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    ClientReport report =
        ClientRuns.run(vertx, server.port(), ClientRuns.only(kind).put("rate", 30));
    assertThat(report.of(kind).failed()).as(report.toTable()).isZero();
    assertThat(report.of(kind).finished()).isPositive();
    assertThat(report.latency().count()).isPositive();
    assertThat(report.total().connect().count()).isEqualTo(report.total().traffic().connects());
    ServerStats stats = server.state().stats();
    await().untilAsserted(() -> assertThat(stats.active()).isZero());
    assertThat(stats.acceptedTotal()).isEqualTo(report.total().traffic().connects());
  }

  @Test
  void aBulkClientGetsBackEveryByteItSends(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    JsonObject settings =
        ClientRuns.only(ClientKind.BULK).put("connections", 1).put("bulk_bytes", "8MiB");
    SimulatedClients clients = ClientRuns.start(vertx, server.port(), settings);
    await().until(() -> clients.report().of(ClientKind.BULK).finished() > 0);
    KindReport bulk = clients.stop().await().of(ClientKind.BULK);
    assertThat(bulk.failed()).isZero();
    assertThat(bulk.traffic().bytesReceived()).isGreaterThanOrEqualTo(bulk.finished() * (8 << 20));
    assertThat(bulk.traffic().bytesSent()).isGreaterThan(bulk.traffic().bytesReceived());
  }

  @Test
  void aBulkClientSendsNoMoreThanTheOtherSideTakes(Vertx vertx) throws Exception {
    NetServer deaf = vertx.createNetServer().connectHandler(NetSocket::pause);
    deaf.listen(0, "127.0.0.1").await();
    JsonObject settings =
        ClientRuns.only(ClientKind.BULK).put("connections", 1).put("bulk_bytes", "1GiB");
    ClientReport report = ClientRuns.run(vertx, deaf.actualPort(), settings);
    assertThat(report.total().stopped()).isEqualTo(1);
    assertThat(report.total().traffic().bytesSent()).isBetween(1L, 64L << 20);
  }

  @Test
  void aHalfCloseClientMissesAnAnswerThatDoesNotCome(Vertx vertx) throws Exception {
    NetServer forgetful =
        vertx.createNetServer().connectHandler(socket -> socket.handler(any -> socket.end()));
    forgetful.listen(0, "127.0.0.1").await();
    ClientReport report =
        ClientRuns.run(
            vertx, forgetful.actualPort(), ClientRuns.only(ClientKind.HALF_CLOSE).put("rate", 10));
    assertThat(report.total().finished()).isZero();
    assertThat(report.total().failed()).isPositive();
  }

  @Test
  void aHalfCloseClientWantsTheEndOfTheOtherSideToo(Vertx vertx) throws Exception {
    Witness endless = Witness.start(vertx);
    JsonObject settings =
        ClientRuns.only(ClientKind.HALF_CLOSE).put("rate", 10).put("timeout", "200ms");
    ClientReport report = ClientRuns.run(vertx, endless.port(), settings);
    assertThat(report.total().finished()).isZero();
    assertThat(report.total().failures().get(Outcome.TIMEOUT)).as(report.toTable()).isPositive();
    assertThat(endless.ends()).isPositive();
  }

  @Test
  void aResetClientEndsWithAReset(Vertx vertx) throws Exception {
    Witness server = Witness.start(vertx);
    ClientReport report =
        ClientRuns.run(vertx, server.port(), ClientRuns.only(ClientKind.RESET).put("rate", 10));
    assertThat(report.total().failed()).isZero();
    assertThat(report.total().finished()).isPositive();
    await()
        .untilAsserted(
            () -> assertThat((long) server.resets()).isEqualTo(report.total().finished()));
    assertThat((long) server.ends()).isEqualTo(report.total().stopped());
  }

  @Test
  void aStormEndsWithItsFirstFailure(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject().put("chaos_pct", 50));
    ClientReport report =
        ClientRuns.run(
            vertx, server.port(), ClientRuns.only(ClientKind.RECONNECT_STORM).put("rate", 20));
    assertThat(report.total().finished()).isZero();
    assertThat(report.total().failed()).isPositive();
    assertThat(report.wrongAnswers()).isZero();
  }
}
