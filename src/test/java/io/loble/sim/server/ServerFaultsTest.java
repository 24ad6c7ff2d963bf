package io.loble.sim.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.loble.config.ConfigException;
import io.loble.sim.Verb;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Every fault is switched on and off under an open connection. */
class ServerFaultsTest extends EveryTransport {

  private static final int PATIENCE_MILLIS = 20_000;

  private SimulatedServer server;
  private ServerStats stats;

  @BeforeEach
  void start() throws ConfigException {
    server = Servers.start(vertx, new JsonObject().put("seed", 42));
    stats = server.state().stats();
  }

  @Test
  void latencyIsAddedToTheDelayOfWhatIsDelayed() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.ask("REQ\n", "ACK\n")).isEqualTo("ACK\n");
      set("delay_ms", 100);
      set("latency", "fixed 200");
      long start = System.nanoTime();
      assertThat(client.ask("STREAM\n", "STREAM_ACK\n")).isEqualTo("STREAM_ACK\n");
      assertThat(client.ask("REQ\n", "ACK\n")).isEqualTo("ACK\n");
      assertThat(System.nanoTime() - start).isBetween(300_000_000L, 10_000_000_000L);
      set("latency", "fixed 3600000");
      assertThat(client.ask("STREAM\n", "STREAM_ACK\n")).isEqualTo("STREAM_ACK\n");
      set("latency", "none");
      assertThat(client.ask("REQ\n", "ACK\n")).isEqualTo("ACK\n");
    }
  }

  @Test
  void resetsAfterExactlySoManyBytesInMidAnswer() throws Exception {
    byte[] bytes = Noise.bytes(3_000_000);
    try (RawClient client = new RawClient(server.port());
        RawClient spared = new RawClient(server.port())) {
      assertThat(client.ask("REQ\n", "ACK\n")).isEqualTo("ACK\n");
      assertThat(spared.ask("REQ\n", "ACK\n")).isEqualTo("ACK\n");
      set("reset_after", 1_234_567);
      Background.run(() -> client.send("ECHO 3000000\n").send(bytes));
      assertThat(client.readUntilReset()).isEqualTo(Arrays.copyOf(bytes, 1_234_563));
      assertThat(stats.resetTotal()).isEqualTo(1);
      await().until(() -> stats.active() == 1);
      set("reset_after", 0);
      assertThat(spared.ask("REQ\n", "ACK\n")).isEqualTo("ACK\n");
    }
  }

  @Test
  void resetsWhenTheLastByteIsTheEndOfAnAnswerOrWasSentBefore() throws Exception {
    try (RawClient client = new RawClient(server.port());
        RawClient late = new RawClient(server.port())) {
      assertThat(late.ask("PING 12345\n", "PONG 12345\n")).isEqualTo("PONG 12345\n");
      set("reset_after", 8);
      client.send("REQ\nREQ\nREQ\n");
      assertThat(client.readUntilReset()).asString().isEqualTo("ACK\nACK\n");
      late.send("REQ\n");
      assertThat(late.readUntilReset()).isEmpty();
    }
  }

  @Test
  void bandwidthIsEvenAndHoldsWithinAnAnswer() throws Exception {
    byte[] bytes = Noise.bytes(2_000_000);
    try (RawClient client = new RawClient(server.port())) {
      set("bandwidth", 100_000);
      Background.run(() -> client.send("ECHO 2000000\n").send(bytes));
      long start = System.nanoTime();
      byte[] begin = new byte[0];
      for (int tenth = 1; tenth <= 5; tenth++) {
        begin = concat(begin, client.readBytes(10_000));
        // Three slices of 20 ms may come at once.
        assertThat(millisSince(start)).isGreaterThanOrEqualTo(tenth * 100 - 60);
      }
      assertThat(millisSince(start)).isLessThan(2_000);
      assertThat(stats.bytesReceived()).isLessThan(600_000);
      set("bandwidth", 0);
      assertThat(concat(begin, client.readBytes(1_950_000))).isEqualTo(bytes);
    }
  }

  @Test
  void aNewBandwidthNeedsNotWaitForTheOldOne() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      set("bandwidth", 1);
      client.send("PING 123456789012345678901234567890\nREQ\n");
      assertThat(client.read(1)).isEqualTo("P");
      set("bandwidth", 1000);
      assertThat(client.read(39)).isEqualTo("ONG 123456789012345678901234567890\nACK\n");
    }
  }

  @Test
  void aClientIsNotLeftBeforeItsSlowAnswersHaveArrived() throws Exception {
    set("bandwidth", 100);
    try (RawClient client = new RawClient(server.port())) {
      client.send("PING 1\nPING 2\nREQ\n").shutdownOutput();
      assertThat(client.readAll()).isEqualTo("PONG 1\nPONG 2\nACK\n");
    }
  }

  @Test
  void corruptsOneByteOfAnAnswerButNoLineEnd() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.ask("PING abc\n", "PONG abc\n")).isEqualTo("PONG abc\n");
      set("corrupt_pct", 100);
      for (int i = 1; i <= 50; i++) {
        assertOneDifference("PONG abc\n", client.ask("PING abc\n", "PONG abc\n"));
      }
      String bytes = "x".repeat(100_000) + "\n";
      assertOneDifference(bytes, client.ask("ECHO 100001\n" + bytes, bytes));
      assertThat(stats.corruptedTotal()).isEqualTo(51);
      set("corrupt_pct", 0);
      assertThat(client.ask("PING abc\n", "PONG abc\n")).isEqualTo("PONG abc\n");
    }
  }

  @Test
  void corruptsItsShareOfAnswers() throws Exception {
    set("corrupt_pct", 20);
    try (RawClient client = new RawClient(server.port())) {
      for (int i = 0; i < 300; i++) {
        client.ask("REQ\n", "ACK\n");
      }
    }
    assertThat(stats.corruptedTotal()).isBetween(30L, 90L);
  }

  @Test
  void whoStopsReadingLetsTheSenderWaitAndThenGoesOn() throws Exception {
    byte[] bytes = Noise.bytes(32_000_000);
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.ask("REQ\n", "ACK\n")).isEqualTo("ACK\n");
      set("stop_reading", true);
      long before = stats.bytesReceived();
      Thread sender = Background.run(() -> client.send("ECHO 32000000\n").send(bytes));
      assertThat(client.hearsNothing()).isTrue();
      assertThat(stats.bytesReceived()).isEqualTo(before);
      assertThat(sender.isAlive()).isTrue();
      set("stop_reading", false);
      assertThat(client.readBytes(bytes.length)).isEqualTo(bytes);
      sender.join();
    }
  }

  @Test
  void whoStopsReadingStillGivesTheAnswersThatAreDue() throws Exception {
    set("delay_ms", 1000);
    try (RawClient client = new RawClient(server.port())) {
      client.send("PING 1\n");
      await().until(() -> stats.requests(Verb.PING) == 1);
      set("stop_reading", true);
      client.send("PING 2\n").shutdownOutput();
      assertThat(client.read(7)).isEqualTo("PONG 1\n");
      assertThat(client.hearsNothing()).isTrue();
      set("stop_reading", false);
      assertThat(client.readAll()).isEqualTo("PONG 2\n");
    }
  }

  @Test
  void aFrozenQueueLetsClientsConnectAndWait() throws Exception {
    set("freeze_accept", true);
    List<RawClient> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiting.add(new RawClient(server.port()).send("PING " + i + "\n"));
    }
    assertThat(waiting.get(0).hearsNothing()).isTrue();
    assertThat(stats.acceptedTotal()).isZero();
    set("freeze_accept", false);
    for (int i = 0; i < 5; i++) {
      assertThat(waiting.get(i).read(7)).isEqualTo("PONG " + i + "\n");
    }
    set("freeze_accept", true);
    assertThat(waiting.get(0).ask("REQ\n", "ACK\n")).isEqualTo("ACK\n");
    try (RawClient another = new RawClient(server.port())) {
      assertThat(another.send("REQ\n").hearsNothing()).isTrue();
      assertThat(stats.acceptedTotal()).isEqualTo(5);
    }
    for (RawClient client : waiting) {
      client.close();
    }
  }

  @Test
  void aServerMayStartFrozen() throws Exception {
    SimulatedServer frozen = Servers.start(vertx, new JsonObject().put("freeze_accept", true));
    try (RawClient client = new RawClient(frozen.port())) {
      assertThat(client.send("REQ\n").hearsNothing()).isTrue();
      frozen.state().set(new JsonObject().put("freeze_accept", false));
      assertThat(client.read(4)).isEqualTo("ACK\n");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFrozenServerWhoseBacklogIsFullIsABlackHole() throws Exception {
    SimulatedServer hole =
        Servers.start(vertx, new JsonObject().put("freeze_accept", true).put("backlog", 2));
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), hole.port());
    List<Socket> held = new ArrayList<>();
    try (Socket vanished = new Socket()) {
      // Linux holds one more than it is told.
      for (int i = 0; i < 3; i++) {
        Socket client = new Socket();
        client.connect(address, PATIENCE_MILLIS);
        held.add(client);
      }
      assertThatThrownBy(() -> vanished.connect(address, 500))
          .isInstanceOf(SocketTimeoutException.class);
      hole.state().set(new JsonObject().put("freeze_accept", false));
      await().until(() -> hole.state().stats().acceptedTotal() == held.size());
    } finally {
      for (Socket client : held) {
        client.close();
      }
    }
  }

  @Test
  void aHalfOpenConnectionIsNeitherAnsweredNorClosedUntilItIsNoMore() throws Exception {
    set("timeout_secs", 1);
    set("delay_ms", 1000);
    try (RawClient client = new RawClient(server.port());
        RawClient gone = new RawClient(server.port())) {
      client.send("PING 1\n");
      await().until(() -> stats.requests(Verb.PING) == 1);
      set("half_open", true);
      client.send("PING 2\n");
      gone.send("PING 3\n").shutdownOutput();
      // Longer than the delay of the one and the timeout of the other.
      for (int i = 0; i < 6; i++) {
        assertThat(client.hearsNothing()).isTrue();
      }
      assertThat(gone.hearsNothing()).isTrue();
      assertThat(stats.active()).isEqualTo(2);
      set("half_open", false);
      assertThat(client.read(14)).isEqualTo("PONG 1\nPONG 2\n");
      assertThat(gone.readAll()).isEqualTo("PONG 3\n");
    }
  }

  @Test
  void aTimeoutSetLaterHoldsForOpenConnections() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.ask("REQ\n", "ACK\n")).isEqualTo("ACK\n");
      set("timeout_secs", 3600);
      set("timeout_secs", 1);
      assertThat(client.readAll()).isEmpty();
    }
  }

  @Test
  void theSameSeedMakesTheSameChoices() throws Exception {
    JsonObject chancy = new JsonObject().put("seed", 7).put("chaos_pct", 50).put("corrupt_pct", 50);
    List<String> first = answers(Servers.start(vertx, chancy), 40);
    assertThat(answers(Servers.start(vertx, chancy), 40)).isEqualTo(first);
    assertThat(answers(Servers.start(vertx, chancy.put("seed", 8)), 40)).isNotEqualTo(first);
  }

  private static List<String> answers(SimulatedServer server, int clients) throws IOException {
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      try (RawClient client = new RawClient(server.port())) {
        answers.add(client.ask("PING some-text\n", "PONG some-text\n"));
      } catch (IOException reset) {
        answers.add("");
      }
    }
    return answers;
  }

  private void set(String key, Object value) throws ConfigException {
    server.state().set(new JsonObject().put(key, value));
  }

  private static void assertOneDifference(String expected, String actual) {
    assertThat(actual).hasSameSizeAs(expected);
    int differences = 0;
    for (int i = 0; i < expected.length(); i++) {
      differences += expected.charAt(i) == actual.charAt(i) ? 0 : 1;
      assertThat(actual.charAt(i) == '\n').isEqualTo(expected.charAt(i) == '\n');
    }
    assertThat(differences).isEqualTo(1);
  }

  private static byte[] concat(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }
}
