package io.loble.sim.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.ConfigException;
import io.loble.sim.Verb;
import io.loble.sim.server.ServerStats;
import io.loble.sim.server.Servers;
import io.loble.sim.server.SimulatedServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.junit5.VertxExtension;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class SimulatedClientsTest {

  @Test
  void noClientOfAnyKindFailsAgainstAServerThatWorks(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    ClientReport report =
        run(vertx, server.port(), "{\"rate\": 100, \"duration\": \"3s\", \"seed\": 1}");

    KindReport total = report.total();
    assertThat(total.failures().values()).as(report.toTable()).containsOnly(0L);
    assertThat(total.active()).isZero();
    assertThat(total.started()).isEqualTo(total.finished() + total.stopped());
    report
        .kinds()
        .forEach((kind, one) -> assertThat(one.started() > 0).isEqualTo(kind.defaultWeight() > 0));
    assertThat(report.of(ClientKind.REAL).finished()).isPositive();
    assertThat(report.of(ClientKind.STREAM).finished()).isPositive();
    assertThat(report.of(ClientKind.SLOW).finished()).isPositive();
    assertThat(report.of(ClientKind.REAL).latency().count()).isPositive();
    assertThat(report.seed()).isEqualTo(1);
    await().untilAsserted(() -> assertServerAgrees(server.state().stats(), report));
  }

  @Test
  void latencyIsMeasuredFromTheRequestToItsAnswer(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject().put("delay_ms", 50));
    ClientReport report = run(vertx, server.port(), only("real", "\"duration\": \"1s\""));
    assertThat(report.latency().count()).isPositive();
    assertThat(report.latency().p50()).isGreaterThanOrEqualTo(50);
    assertThat(report.latency().max()).isGreaterThanOrEqualTo(report.latency().p99());
  }

  @Test
  void aWrongByteIsNoticed(Vertx vertx) throws Exception {
    NetServer liar =
        vertx
            .createNetServer()
            .connectHandler(socket -> socket.handler(any -> socket.write("ACK.")))
            .listen(0, "127.0.0.1")
            .await();
    ClientReport report = run(vertx, liar.actualPort(), only("real", "\"duration\": \"300ms\""));
    assertThat(report.wrongAnswers()).isPositive();
    assertThat(report.total().failed()).isEqualTo(report.wrongAnswers());
  }

  @Test
  void anAnswerThatWasNotAskedForIsWrong(Vertx vertx) throws Exception {
    NetServer chatty =
        vertx
            .createNetServer()
            .connectHandler(socket -> socket.write("hello\n"))
            .listen(0, "127.0.0.1")
            .await();
    ClientReport report = run(vertx, chatty.actualPort(), only("idle", "\"duration\": \"300ms\""));
    assertThat(report.wrongAnswers()).isPositive();
  }

  @Test
  void aClosedPortIsAFailureToConnect(Vertx vertx) throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    ClientReport report = run(vertx, closed, only("real", "\"duration\": \"300ms\""));
    assertThat(report.total().failures().get(Outcome.CONNECT)).isPositive();
    assertThat(report.wrongAnswers()).isZero();
  }

  @Test
  void aConnectionDroppedBeforeTheAnswerIsAFailure(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject().put("chaos_pct", 100));
    ClientReport report = run(vertx, server.port(), only("real", "\"duration\": \"300ms\""));
    assertThat(report.total().failed()).isPositive();
    assertThat(report.total().finished()).isZero();
    assertThat(report.wrongAnswers()).isZero();
  }

  @Test
  void anAnswerThatDoesNotComeInTimeIsAFailure(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject().put("delay_ms", 3_600_000));
    ClientReport report =
        run(vertx, server.port(), only("real", "\"duration\": \"500ms\", \"timeout\": \"100ms\""));
    assertThat(report.total().failures().get(Outcome.TIMEOUT)).isPositive();
  }

  @Test
  void anIdleClientThatIsClosedHasFinished(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject().put("timeout_secs", 1));
    SimulatedClients clients = start(vertx, server.port(), only("idle", "\"rate\": 10"));
    await().until(() -> clients.report().of(ClientKind.IDLE).finished() > 0);
    assertThat(clients.stop().await().total().failed()).isZero();
  }

  @Test
  void stoppedClientsHaveNotFailedEvenWhenTheyWaitInVain(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject().put("hang_ms", 3_600_000));
    SimulatedClients clients = start(vertx, server.port(), only("real", "\"rate\": 100"));
    await().until(() -> server.state().stats().requests(Verb.REQ) > 3);
    ClientReport report = clients.stop().await();
    assertThat(report.total().failed()).isZero();
    assertThat(report.total().stopped()).isEqualTo(report.total().started()).isPositive();
  }

  @Test
  void noMoreClientsAreActiveThanAllowed(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    SimulatedClients clients =
        start(vertx, server.port(), only("idle", "\"rate\": 500, \"max_clients\": 5"));
    await().until(() -> clients.report().heldBack() > 20);
    ClientReport report = clients.stop().await();
    assertThat(report.total().started()).isEqualTo(5);
    assertThat(server.state().stats().acceptedTotal()).isLessThanOrEqualTo(5);
  }

  @Test
  void stoppingTwiceGivesTheSameReport(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    SimulatedClients clients = start(vertx, server.port(), "{}");
    assertThat(clients.stop().await(20, TimeUnit.SECONDS))
        .isEqualTo(clients.stop().await(20, TimeUnit.SECONDS));
  }

  private static void assertServerAgrees(ServerStats server, ClientReport report) {
    assertThat(server.active()).isZero();
    assertThat(server.requests(Verb.PING))
        .isEqualTo(report.of(ClientKind.FIRE_AND_FORGET).finished());
    assertThat(server.requests(Verb.REQ)).isEqualTo(report.of(ClientKind.REAL).latency().count());
    assertThat(server.requests(Verb.STREAM))
        .isEqualTo(report.of(ClientKind.STREAM).latency().count());
    assertThat(server.requests(Verb.UNKNOWN)).isZero();
  }

  private static String only(String kind, String settings) {
    return "{\"weights\": {\"" + kind + "\": 1}, \"seed\": 7, \"rate\": 50, " + settings + "}";
  }

  private static ClientReport run(Vertx vertx, int port, String settings) throws Exception {
    return start(vertx, port, settings).finished().await(30, TimeUnit.SECONDS);
  }

  private static SimulatedClients start(Vertx vertx, int port, String settings)
      throws ConfigException {
    JsonObject json = new JsonObject(settings).put("target", "127.0.0.1:" + port);
    SimulatedClients clients = new SimulatedClients(vertx, ClientSettings.fromJson(json));
    clients.start();
    return clients;
  }
}
