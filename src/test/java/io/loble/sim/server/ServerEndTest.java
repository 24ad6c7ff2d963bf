package io.loble.sim.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.ConfigException;
import io.loble.sim.Verb;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** How servers end, and that others can take their place. */
class ServerEndTest extends EveryTransport {

  @Test
  void stoppingGivesTheAnswersThatAreDueAndClosesTheRestAtOnce() throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject().put("delay_ms", 1000));
    try (RawClient waiting = new RawClient(server.port());
        RawClient idle = new RawClient(server.port())) {
      idle.ask("STREAM\n", "STREAM_ACK\n");
      waiting.send("PING 1\n");
      await().until(() -> server.state().stats().requests(Verb.PING) == 1);
      Future<Void> stopped = server.stop();
      assertThat(idle.readAll()).isEmpty();
      assertThat(stopped.isComplete()).isFalse();
      Assertions.assertThatThrownBy(() -> new RawClient(server.port()).close())
          .isInstanceOf(ConnectException.class);
      assertThat(waiting.readAll()).isEqualTo("PONG 1\n");
      stopped.await();
      assertThat(server.state().stats().active()).isZero();
    }
  }

  @Test
  void stoppingGivesAnEchoToItsEnd() throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.send("ECHO 10\n01234").read(5)).isEqualTo("01234");
      Future<Void> stopped = server.stop();
      client.send("56789");
      assertThat(client.readAll()).isEqualTo("56789");
      stopped.await();
    }
  }

  @Test
  void stoppingTakesNoLongerThanItMay() throws Exception {
    SimulatedServer server =
        Servers.start(vertx, new JsonObject().put("delay_ms", 3_600_000).put("stop_ms", 300));
    try (RawClient client = new RawClient(server.port())) {
      client.send("PING 1\n");
      await().until(() -> server.state().stats().requests(Verb.PING) == 1);
      long start = System.nanoTime();
      server.stop().await();
      assertThat(System.nanoTime() - start).isBetween(300_000_000L, 5_000_000_000L);
      assertThat(client.readUntilReset()).isEmpty();
    }
  }

  @Test
  void stoppingDoesNotWaitForConnectionsThatAreStuck() throws Exception {
    SimulatedServer server =
        Servers.start(vertx, new JsonObject().put("half_open", true).put("stop_ms", 3_600_000));
    try (RawClient client = new RawClient(server.port())) {
      await().until(() -> server.state().stats().active() == 1);
      server.stop().await();
      assertThat(client.readAll()).isEmpty();
    }
  }

  @Test
  void stoppingGivesTheAnswersThatAreDueWhenNothingIsRead() throws Exception {
    SimulatedServer server =
        Servers.start(vertx, new JsonObject().put("delay_ms", 500).put("stop_ms", 3_600_000));
    try (RawClient client = new RawClient(server.port())) {
      client.send("PING 1\n");
      await().until(() -> server.state().stats().requests(Verb.PING) == 1);
      server.state().set(new JsonObject().put("stop_reading", true));
      server.stop().await();
      assertThat(client.readAll()).isEqualTo("PONG 1\n");
    }
  }

  @Test
  void killingResetsEveryConnectionAtOnce() throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject().put("delay_ms", 3_600_000));
    try (RawClient waiting = new RawClient(server.port());
        RawClient idle = new RawClient(server.port())) {
      idle.ask("STREAM\n", "STREAM_ACK\n");
      waiting.send("PING 1\n");
      await().until(() -> server.state().stats().requests(Verb.PING) == 1);
      server.kill().await();
      assertThat(server.state().stats().active()).isZero();
      assertThat(waiting.readUntilReset()).isEmpty();
      assertThat(idle.readUntilReset()).isEmpty();
    }
  }

  @Test
  void killingCutsAStopShort() throws Exception {
    SimulatedServer server =
        Servers.start(vertx, new JsonObject().put("delay_ms", 3_600_000).put("stop_ms", 3_600_000));
    try (RawClient client = new RawClient(server.port())) {
      client.send("PING 1\n");
      await().until(() -> server.state().stats().requests(Verb.PING) == 1);
      Future<Void> stopped = server.stop();
      server.kill().await();
      stopped.await();
      assertThat(client.readUntilReset()).isEmpty();
    }
  }

  @Test
  void whoWaitedToBeAcceptedIsResetToo() throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject().put("freeze_accept", true));
    try (RawClient client = new RawClient(server.port())) {
      server.stop().await();
      assertThat(client.readUntilReset()).isEmpty();
    }
  }

  @Test
  void anotherServerTakesThePortAtOnce() throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    for (int i = 0; i < 20; i++) {
      try (RawClient client = new RawClient(server.port())) {
        assertThat(client.ask("REQ\n", "ACK\n")).isEqualTo("ACK\n");
        (i % 2 == 0 ? server.stop() : server.kill()).await();
        server = restarted(server.port());
      }
    }
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.ask("REQ\n", "ACK\n")).isEqualTo("ACK\n");
    }
  }

  @Test
  void stoppingTwiceIsStoppingOnce() throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject().put("control_port", 0));
    server.stop().await();
    server.stop().await();
    server.kill().await();
  }

  private SimulatedServer restarted(int port) throws ConfigException {
    return Servers.start(vertx, new JsonObject().put("port", port));
  }
}
