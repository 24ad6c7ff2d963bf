package io.loble.sim.server;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.ConfigException;
import io.loble.sim.LogCapture;
import io.loble.sim.Verb;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedServerTest extends EveryTransport {

  @Test
  void answersEveryVerb() throws Exception {
    SimulatedServer server = start(new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.ask("REQ 1/3\n", "ACK\n")).isEqualTo("ACK\n");
      assertThat(client.ask("PING 42\r\n", "PONG 42\n")).isEqualTo("PONG 42\n");
      assertThat(client.ask("STREAM x\n", "STREAM_ACK\n")).isEqualTo("STREAM_ACK\n");
      assertThat(client.ask("SLOW 1\n", "ACK\n")).isEqualTo("ACK\n");
      assertThat(client.ask("ECHO 3\na\nb", "a\nb")).isEqualTo("a\nb");
      assertThat(client.ask("hello\n", "ERR unknown hello\n")).isEqualTo("ERR unknown hello\n");
    }
    ServerStats stats = server.state().stats();
    assertThat(List.of(Verb.values())).allSatisfy(v -> assertThat(stats.requests(v)).isEqualTo(1));
    await().until(() -> stats.active() == 0);
    assertThat(stats.acceptedTotal()).isEqualTo(1);
  }

  @Test
  void aLineMayArriveInPieces() throws Exception {
    SimulatedServer server = start(new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      client.send("PI");
      await().until(() -> server.state().stats().bytesReceived() == 2);
      client.send("NG 1\nPING 2\nPIN");
      assertThat(client.read(14)).isEqualTo("PONG 1\nPONG 2\n");
      assertThat(client.ask("G 3\n", "PONG 3\n")).isEqualTo("PONG 3\n");
    }
  }

  @Test
  void aLineTooLongIsRefusedAndTheConnectionClosed() throws Exception {
    SimulatedServer server = start(new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      client.send("PING 1\n" + "x".repeat(100_000));
      assertThat(client.readAll()).isEqualTo("PONG 1\nERR line too long\n");
    }
    await().until(() -> server.state().stats().active() == 0);
  }

  @Test
  void whoHasEndedItsOutputStillGetsEveryAnswer() throws Exception {
    SimulatedServer server = start(new JsonObject().put("delay_ms", 20));
    try (RawClient client = new RawClient(server.port())) {
      client.send("PING 1\nSTREAM\nREQ\nECHO 5\nhelloPING 2\nunfinished").shutdownOutput();
      assertThat(client.readAll()).isEqualTo("PONG 1\nSTREAM_ACK\nACK\nhelloPONG 2\n");
    }
    await().until(() -> server.state().stats().active() == 0);
  }

  @Test
  void whoSaysAllBeforeItIsAcceptedIsAnsweredToo() throws Exception {
    SimulatedServer server = start(new JsonObject());
    for (int i = 0; i < 300; i++) {
      try (RawClient client = new RawClient(server.port())) {
        client.send("PING 1\n").shutdownOutput();
        assertThat(client.readAll()).isEqualTo("PONG 1\n");
      }
    }
  }

  @Test
  void whoHasEndedItsOutputGetsALargeEchoToItsEnd() throws Exception {
    SimulatedServer server = start(new JsonObject().put("delay_ms", 50));
    byte[] bytes = Noise.bytes(3_000_000);
    try (RawClient client = new RawClient(server.port())) {
      Thread sender =
          Background.run(() -> client.send("ECHO 3000000\n").send(bytes).shutdownOutput());
      assertThat(client.readBytes(bytes.length + 1)).isEqualTo(bytes);
      sender.join();
    }
  }

  @Test
  void delayHoldsBackAnswersAndKeepsTheirOrder() throws Exception {
    SimulatedServer server = start(new JsonObject().put("delay_ms", 100));
    try (RawClient client = new RawClient(server.port())) {
      long start = System.nanoTime();
      client.send("STREAM 1\nPING 1\nREQ\nSTREAM 2\n");
      assertThat(client.read(11)).isEqualTo("STREAM_ACK\n");
      assertThat(client.read(7)).isEqualTo("PONG 1\n");
      assertThat(millisSince(start)).isGreaterThanOrEqualTo(100);
      assertThat(client.read(15)).isEqualTo("ACK\nSTREAM_ACK\n");
      assertThat(millisSince(start)).isGreaterThanOrEqualTo(200);
    }
  }

  @Test
  void hangHoldsBackTheFirstAnswerOnly() throws Exception {
    SimulatedServer server = start(new JsonObject().put("hang_ms", 300));
    long start = System.nanoTime();
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.ask("STREAM\n", "STREAM_ACK\n")).isEqualTo("STREAM_ACK\n");
      // The server's clock starts at its accept, which may be a little later than ours, never
      // earlier; timers count whole milliseconds.
      assertThat(millisSince(start)).isGreaterThanOrEqualTo(299);
      server.state().update(ServerBehaviour.change(Tunable.HANG, "3600000"));
      assertThat(client.ask("PING 1\n", "PONG 1\n")).isEqualTo("PONG 1\n");
    }
  }

  @Test
  void aClientThatDoesNotReadIsNotReadEither() throws Exception {
    SimulatedServer server = start(new JsonObject());
    ServerStats stats = server.state().stats();
    byte[] bytes = Noise.bytes(64_000_000);
    try (RawClient client = new RawClient(server.port())) {
      Thread sender = Background.run(() -> client.send("ECHO 64000000\n").send(bytes));
      Stillness.of(stats::bytesReceived);
      assertThat(stats.bytesReceived()).isLessThan(bytes.length);
      assertThat(client.readBytes(bytes.length)).isEqualTo(bytes);
      sender.join();
    }
  }

  @Test
  void pipelinedRequestsWaitInTheirSenderWhileOneIsDelayed() throws Exception {
    SimulatedServer server = start(new JsonObject().put("delay_ms", 3_600_000));
    ServerStats stats = server.state().stats();
    byte[] requests = "REQ 123456789\n".repeat(2_000_000).getBytes(StandardCharsets.ISO_8859_1);
    RawClient client = new RawClient(server.port());
    Thread sender = Background.run(() -> client.send(requests));
    await().until(() -> stats.requests(Verb.REQ) == 1);
    Stillness.of(stats::bytesReceived);
    assertThat(stats.bytesReceived()).isLessThan(200_000);
    assertThat(sender.isAlive()).isTrue();
    client.close();
    sender.join();
  }

  @Test
  void whoIsSilentForTooLongIsClosed() throws Exception {
    SimulatedServer server = start(new JsonObject().put("timeout_secs", 1));
    long start = System.nanoTime();
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.readAll()).isEmpty();
      assertThat(millisSince(start)).isGreaterThanOrEqualTo(1000);
    }
    await().until(() -> server.state().stats().active() == 0);
  }

  @Test
  void whoWaitsForADelayedAnswerIsNotSilent() throws Exception {
    SimulatedServer server = start(new JsonObject().put("timeout_secs", 1).put("delay_ms", 1500));
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.ask("PING 1\n", "PONG 1\n")).isEqualTo("PONG 1\n");
    }
  }

  @Test
  void atCapacityFurtherClientsAreDroppedAndLogged() throws Exception {
    SimulatedServer server = start(new JsonObject().put("max_conns", 10));
    ServerStats stats = server.state().stats();
    List<RawClient> held = new ArrayList<>();
    try (LogCapture log = new LogCapture(SimulatedServer.class)) {
      for (int i = 0; i < 10; i++) {
        held.add(new RawClient(server.port()));
      }
      await().until(() -> stats.active() == 10);
      try (RawClient eleventh = new RawClient(server.port())) {
        assertThat(eleventh.readAll()).isEmpty();
        assertThat(log.lines())
            .contains("[server-2] at capacity (10/10) — dropping " + eleventh.localAddress());
      }
    }
    held.remove(0).close();
    await().until(() -> stats.active() == 9);
    try (RawClient next = new RawClient(server.port())) {
      assertThat(next.ask("REQ\n", "ACK\n")).isEqualTo("ACK\n");
    }
    for (RawClient client : held) {
      client.close();
    }
    await().until(() -> stats.active() == 0);
    assertThat(stats.droppedAtCapacityTotal()).isEqualTo(1);
  }

  @Test
  void chaosDropsItsShareOfClientsRightAfterAccept() throws Exception {
    SimulatedServer server = start(new JsonObject().put("chaos_pct", 50));
    ServerStats stats = server.state().stats();
    for (int i = 0; i < 100; i++) {
      tryOnce(server.port());
    }
    await().until(() -> stats.acceptedTotal() == 100 && stats.active() == 0);
    assertThat(stats.droppedByChaosTotal()).isBetween(20L, 80L);
    assertThat(stats.requests(Verb.REQ)).isEqualTo(100 - stats.droppedByChaosTotal());
  }

  @Test
  void stoppingClosesThePortAndTheConnections() throws Exception {
    SimulatedServer server = start(new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.ask("REQ\n", "ACK\n")).isEqualTo("ACK\n");
      server.stop().await();
      assertThat(client.readAll()).isEmpty();
    }
    await().until(() -> server.state().stats().active() == 0);
  }

  @Test
  void aPortThatIsTakenIsAnError() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      ServerSettings settings =
          ServerSettings.fromJson(new JsonObject().put("port", taken.getLocalPort()));
      var starting = new SimulatedServer(vertx, settings).start();
      await().until(starting::isComplete);
      assertThat(starting.cause())
          .hasMessageContaining("cannot listen on 0.0.0.0:" + taken.getLocalPort())
          .hasCauseInstanceOf(IOException.class);
    }
  }

  private static void tryOnce(int port) throws IOException {
    try (RawClient client = new RawClient(port)) {
      client.ask("REQ\n", "ACK\n");
    } catch (SocketException dropped) {
      // The drop may be seen as a reset.
    }
  }

  private SimulatedServer start(JsonObject settings) throws ConfigException {
    return Servers.start(vertx, settings);
  }

  private static long millisSince(long nanos) {
    return NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
