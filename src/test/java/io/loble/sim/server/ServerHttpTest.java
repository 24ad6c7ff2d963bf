package io.loble.sim.server;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A simulated server that is spoken to in HTTP. */
class ServerHttpTest extends EveryTransport {

  private static final String ROOT =
      String.join(
          "\r\n",
          "HTTP/1.1 200 OK",
          "X-Server: server-2",
          "content-type: text/plain; charset=utf-8",
          "content-length: 16",
          "",
          "server server-2\n");

  @Test
  void tellsWhichServerItIsOnAKeptConnectionAndOfRequestsSentAhead() throws Exception {
    SimulatedServer server = start(new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n", ROOT)).isEqualTo(ROOT);
      client.send("GET / HTTP/1.1\r\n\r\n".repeat(3)).send("GET / HTTP/1.1\r\nConnection: close");
      assertThat(client.send("\r\n\r\n").readAll())
          .isEqualTo(ROOT.repeat(3) + ROOT.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n"));
    }
    assertThat(server.state().stats().httpRequests()).isEqualTo(5);
    assertThat(server.state().stats().requestsTotal()).isEqualTo(5);
    assertThat(server.state().toJson().getJsonObject("requests").getLong("http")).isEqualTo(5);
    await().until(() -> server.state().stats().active() == 0);
    assertThat(server.state().stats().acceptedTotal()).isEqualTo(1);
  }

  @Test
  void aRequestMayArriveByteByByte() throws Exception {
    SimulatedServer server = start(new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      for (char next : "GET / HTTP/1.1\r\nHost: x\r\n\r\n".toCharArray()) {
        long before = server.state().stats().bytesReceived();
        client.send(String.valueOf(next));
        await().until(() -> server.state().stats().bytesReceived() > before);
      }
      assertThat(client.read(ROOT.length())).isEqualTo(ROOT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET\n", "GET /\n", "GET / HTTP/2\n", "GET x HTTP/1.1\n", " HTTP/1.1\n"})
  void whatIsNoRequestLineIsALine(String line) throws Exception {
    SimulatedServer server = start(new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      String answer = "ERR unknown " + line;
      assertThat(client.ask(line, answer)).isEqualTo(answer);
      assertThat(client.ask("PING 1\n", "PONG 1\n")).isEqualTo("PONG 1\n");
    }
  }

  @Test
  void anEchoOfKnownLengthComesBackWithItsLengthWhileItIsSent() throws Exception {
    SimulatedServer server = start(new JsonObject());
    byte[] bytes = Noise.bytes(3_000_000);
    try (RawClient client = new RawClient(server.port())) {
      client.send("POST /echo HTTP/1.1\r\nContent-Length: 3000000\r\nContent-Type: a/b\r\n\r\n");
      String head = head(client);
      assertThat(head).contains("content-length: 3000000\r\n").contains("content-type: a/b\r\n");
      Thread sender = Background.run(() -> client.send(bytes));
      assertThat(client.readBytes(bytes.length)).isEqualTo(bytes);
      sender.join();
      assertThat(client.ask("GET / HTTP/1.1\r\n\r\n", ROOT)).isEqualTo(ROOT);
    }
  }

  @Test
  void anEchoInChunksComesBackInChunksWithItsTrailers() throws Exception {
    SimulatedServer server = start(new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      client.send("PUT /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTrailer: T\r\n\r\n");
      assertThat(head(client)).contains("transfer-encoding: chunked\r\n").doesNotContain("length");
      assertThat(client.ask("3\r\nabc\r\n", "3\r\nabc\r\n")).isEqualTo("3\r\nabc\r\n");
      String end = "0\r\nT: 1\r\n\r\n";
      assertThat(client.ask(end, end)).isEqualTo(end);
      assertThat(client.ask("GET / HTTP/1.1\r\n\r\n", ROOT)).isEqualTo(ROOT);
    }
  }

  @Test
  void whoWaitsForAWordMaySendItsBody() throws Exception {
    SimulatedServer server = start(new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      client.send("POST /echo HTTP/1.1\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n");
      assertThat(head(client)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      assertThat(head(client)).startsWith("HTTP/1.1 200 OK\r\n");
      assertThat(client.ask("a", "a")).isEqualTo("a");
    }
  }

  @Test
  void anOldClientIsAnsweredToTheEndOfTheConnection() throws Exception {
    SimulatedServer server = start(new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET /events?n=2&every=0 HTTP/1.0\r\n\r\n");
      assertThat(client.readAll())
          .doesNotContain("chunked")
          .contains("connection: close\r\n")
          .endsWith("\r\n\r\nid: 1\ndata: server server-2\n\nid: 2\ndata: server server-2\n\n");
    }
  }

  @Test
  void anOldClientMayKeepItsConnection() throws Exception {
    SimulatedServer server = start(new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      String request = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
      String answer = ROOT.replace("\r\n\r\n", "\r\nconnection: keep-alive\r\n\r\n");
      assertThat(client.ask(request, answer)).isEqualTo(answer);
      assertThat(client.ask(request, answer)).isEqualTo(answer);
    }
  }

  @Test
  void bytesAreTheirOwnPlaces() throws Exception {
    SimulatedServer server = start(new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET /bytes/100000 HTTP/1.1\r\n\r\n");
      assertThat(head(client)).contains("content-length: 100000\r\n");
      byte[] bytes = client.readBytes(100_000);
      for (int i = 0; i < bytes.length; i++) {
        assertThat(bytes[i]).isEqualTo((byte) (i % 251));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /status/503, 503",
    "GET /status/201, 201",
    "GET /status/99, 400",
    "GET /nowhere, 404",
    "POST /, 404",
    "GET /bytes/, 404",
    "GET /bytes/x, 404",
    "GET /bytes/9999999999999, 400",
    "GET /slow/99999999, 400",
    "GET /events?n=x, 400",
    "GET /events?n=%zz, 400",
    "GET /ws, 426"
  })
  void answersWithTheStatus(String request, int status) throws Exception {
    SimulatedServer server = start(new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      client.send(request + " HTTP/1.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      assertThat(client.readAll())
          .startsWith("HTTP/1.1 " + status + " ")
          .contains("X-Server: server-2\r\n");
    }
  }

  @Test
  void headsAndEmptyStatusesHaveNoBody() throws Exception {
    SimulatedServer server = start(new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      client.send("HEAD /bytes/7 HTTP/1.1\r\n\r\n");
      assertThat(head(client)).contains("content-length: 7\r\n");
      client.send("HEAD /events HTTP/1.1\r\n\r\n");
      assertThat(head(client)).contains("chunked");
      client.send("GET /status/204 HTTP/1.1\r\n\r\n");
      assertThat(head(client)).startsWith("HTTP/1.1 204 No Content\r\n").doesNotContain("length");
      client.send("GET /status/304 HTTP/1.1\r\n\r\n");
      assertThat(head(client)).startsWith("HTTP/1.1 304 Not Modified\r\n");
      assertThat(client.ask("GET / HTTP/1.1\r\n\r\n", ROOT)).isEqualTo(ROOT);
    }
  }

  @Test
  void showsHeadersAsTheyCame() throws Exception {
    SimulatedServer server = start(new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET /headers HTTP/1.1\r\nhOst: x\r\nA: 1\r\nB: 2\r\na: 3\r\n");
      String all = client.send("Connection: close\r\n\r\n").readAll();
      assertThat(new JsonArray(all.substring(all.indexOf("\r\n\r\n") + 4)))
          .isEqualTo(
              new JsonArray(
                  "[['hOst','x'],['A','1'],['B','2'],['a','3'],['Connection','close']]"
                      .replace('\'', '"')));
    }
  }

  @Test
  void eventsComeOneByOne() throws Exception {
    SimulatedServer server = start(new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      long start = System.nanoTime();
      client.send("GET /events?n=3&every=100 HTTP/1.1\r\n\r\n");
      assertThat(head(client)).contains("content-type: text/event-stream\r\n");
      String first = "1d\r\nid: 1\ndata: server server-2\n\n\r\n";
      assertThat(client.read(first.length())).isEqualTo(first);
      String rest = first.replace("id: 1", "id: 2") + first.replace("id: 1", "id: 3");
      assertThat(client.read(rest.length() + 5)).isEqualTo(rest + "0\r\n\r\n");
      assertThat(millisSince(start)).isGreaterThanOrEqualTo(199);
    }
  }

  @Test
  void delaysOfAllKindsAddUp() throws Exception {
    SimulatedServer server = start(new JsonObject().put("delay_ms", 100).put("hang_ms", 400));
    long start = System.nanoTime();
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.ask("GET / HTTP/1.1\r\n\r\n", ROOT)).isEqualTo(ROOT);
      assertThat(millisSince(start)).isGreaterThanOrEqualTo(399);
      long second = System.nanoTime();
      assertThat(client.ask("GET /slow/200 HTTP/1.1\r\n\r\n", ROOT)).isEqualTo(ROOT);
      assertThat(millisSince(second)).isGreaterThanOrEqualTo(299);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'GET / HTTP/1.1\r\nno header\r\n\r\n', 400",
    "'POST /echo HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400",
    "'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n', 400"
  })
  void whatCannotBeReadIsRefusedAndTheConnectionClosed(String request, int status)
      throws Exception {
    SimulatedServer server = start(new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.send(request).readAll())
          .startsWith("HTTP/1.1 " + status + " ")
          .contains("connection: close\r\n");
    }
    await().until(() -> server.state().stats().active() == 0);
  }

  @Test
  void headsTooLongAreRefused() throws Exception {
    SimulatedServer server = start(new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET / HTTP/1.1\r\na: " + "x".repeat(70_000) + "\r\n\r\n");
      assertThat(client.readAll()).startsWith("HTTP/1.1 431 ");
    }
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET / HTTP/1.1\r\n\r\nGET /" + "x".repeat(9_000) + " HTTP/1.1\r\n\r\n");
      assertThat(client.readAll()).startsWith(ROOT + "HTTP/1.1 414 ");
    }
  }

  @Test
  void aBadChunkEndsAnEchoThatHasBegun() throws Exception {
    SimulatedServer server = start(new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      client.send("POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\nx\r\n");
      assertThat(client.readAll()).endsWith("\r\n\r\n1\r\na\r\n");
    }
    await().until(() -> server.state().stats().active() == 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET",
        "GET / HTTP/1.1\r\nHo",
        "POST /echo HTTP/1.1\r\nContent-Length: 5\r\n\r\nabc",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc"
      })
  void whoSendsHalfARequestIsClosedWhenItIsSilentEndsOrResets(String half) throws Exception {
    SimulatedServer server = start(new JsonObject().put("timeout_secs", 1));
    try (RawClient silent = new RawClient(server.port())) {
      assertThat(silent.send(half).readAll()).doesNotEndWith("c\r\n\r\n");
    }
    server.state().update(ServerBehaviour.change(Tunable.TIMEOUT, "0"));
    try (RawClient ending = new RawClient(server.port())) {
      ending.send(half).shutdownOutput().readAll();
    }
    try (RawClient resetting = new RawClient(server.port())) {
      resetting.send(half);
      await().until(() -> server.state().stats().bytesReceived() == 3L * half.length());
      resetting.reset();
    }
    await().until(() -> server.state().stats().active() == 0);
  }

  @Test
  void aClientThatDoesNotReadIsNotMadeBytesFor() throws Exception {
    SimulatedServer server = start(new JsonObject());
    ServerStats stats = server.state().stats();
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET /bytes/1000000000000 HTTP/1.1\r\n\r\n");
      Stillness.of(stats::bytesSent);
      assertThat(stats.bytesSent()).isLessThan(64L << 20);
    }
    await().until(() -> stats.active() == 0);
  }

  @Test
  void aClientThatDoesNotReadItsEchoIsNotReadFrom() throws Exception {
    SimulatedServer server = start(new JsonObject());
    ServerStats stats = server.state().stats();
    try (RawClient client = new RawClient(server.port())) {
      client.send("POST /echo HTTP/1.1\r\nContent-Length: 1000000000000\r\n\r\n");
      byte[] bytes = Noise.bytes(1 << 20);
      Background.run(
          () -> {
            while (true) {
              client.send(bytes);
            }
          });
      Stillness.of(stats::bytesReceived);
      assertThat(stats.bytesReceived()).isLessThan(64L << 20);
    }
    await().until(() -> stats.active() == 0);
  }

  @Test
  void diesInTheAnswer() throws Exception {
    SimulatedServer server = start(new JsonObject().put("reset_after", 1000));
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET /bytes/5000 HTTP/1.1\r\n\r\n");
      assertThat(client.readUntilReset()).hasSize(1000);
    }
    assertThat(server.state().stats().resetTotal()).isEqualTo(1);
  }

  @Test
  void corruptsOneByteOfABodyAndNeverAHead() throws Exception {
    SimulatedServer server = start(new JsonObject().put("corrupt_pct", 100).put("seed", 3));
    try (RawClient client = new RawClient(server.port())) {
      for (int i = 0; i < 50; i++) {
        String answer = client.ask("GET / HTTP/1.1\r\n\r\n", ROOT);
        assertThat(answer).hasSize(ROOT.length()).isNotEqualTo(ROOT);
        assertThat(answer).startsWith(ROOT.substring(0, ROOT.length() - 16));
      }
      client.send("GET /bytes/100000 HTTP/1.1\r\n\r\n");
      head(client);
      byte[] bytes = client.readBytes(100_000);
      int wrong = 0;
      for (int i = 0; i < bytes.length; i++) {
        wrong += bytes[i] == (byte) (i % 251) ? 0 : 1;
      }
      assertThat(wrong).isEqualTo(1);
      client.send("POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
      head(client);
      assertThat(client.read(13)).matches("(?s)3\r\n...\r\n0\r\n\r\n").doesNotContain("abc");
    }
    assertThat(server.state().stats().corruptedTotal()).isEqualTo(52);
  }

  @Test
  void isSilentWhileItIsHalfOpen() throws Exception {
    SimulatedServer server = start(new JsonObject().put("half_open", true));
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET / HTTP/1.1\r\n\r\n");
      assertThat(client.hearsNothing()).isTrue();
      server.state().update(ServerBehaviour.change(Tunable.HALF_OPEN, "false"));
      assertThat(client.read(ROOT.length())).isEqualTo(ROOT);
    }
  }

  @Test
  void aStopLetsAnAnswerEndAndSaysThatItIsTheLast() throws Exception {
    SimulatedServer server = start(new JsonObject().put("delay_ms", 300));
    try (RawClient client = new RawClient(server.port());
        RawClient kept = new RawClient(server.port())) {
      assertThat(kept.ask("GET / HTTP/1.1\r\n\r\n", ROOT)).isEqualTo(ROOT);
      client.send("GET / HTTP/1.1\r\n\r\n");
      await().until(() -> server.state().stats().httpRequests() == 2);
      server.stop();
      assertThat(kept.readAll()).isEmpty();
      assertThat(client.readAll())
          .isEqualTo(ROOT.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n"));
    }
  }

  private static String head(RawClient client) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      String next = client.read(1);
      assertThat(next).as("after " + head).isNotEmpty();
      head.append(next);
    }
    return head.toString();
  }

  private SimulatedServer start(JsonObject settings) throws Exception {
    return Servers.start(vertx, settings);
  }

  private static long millisSince(long startNanos) {
    return NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }
}
