package io.loble.sim.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class ServerWebSocketTest {

  private static final String REQUEST =
      String.join(
          "\r\n",
          "GET /ws HTTP/1.1",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "",
          "");

  @Test
  void everyMessageComesBackAsItWas(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    WebSocket socket = connect(vertx, server);
    assertThat(socket.headers().get("X-Server")).isEqualTo("server-2");
    Queue<Object> back = new ConcurrentLinkedQueue<>();
    socket.textMessageHandler(back::add);
    socket.binaryMessageHandler(back::add);
    Buffer large = Buffer.buffer(Noise.bytes(200_000));
    socket.writeTextMessage("grüße").await();
    socket.writeBinaryMessage(large).await();
    socket.writeTextMessage("").await();
    await().until(() -> back.size() == 3);
    assertThat(back).containsExactly("grüße", large, "");
    assertThat(server.state().stats().webSocketMessages()).isEqualTo(3);
    assertThat(server.state().stats().httpRequests()).isEqualTo(1);
    socket.close((short) 1000).await();
    await().until(() -> server.state().stats().active() == 0);
    assertThat(socket.closeStatusCode()).isEqualTo((short) 1000);
  }

  @Test
  void aMessageInPiecesComesBackInPieces(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    WebSocket socket = connect(vertx, server);
    Queue<String> back = new ConcurrentLinkedQueue<>();
    socket.frameHandler(
        frame ->
            back.add(
                (frame.isText() ? "text " : "more ") + frame.isFinal() + " " + frame.textData()));
    socket.pongHandler(bytes -> back.add("pong " + bytes));
    socket.writeFrame(WebSocketFrame.textFrame("a", false)).await();
    socket.writePing(Buffer.buffer("p")).await();
    socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("b"), true)).await();
    await().until(() -> back.size() >= 3);
    assertThat(back).contains("text false a", "pong p", "more true b");
  }

  @Test
  void messagesAreDelayedAsLinesAre(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    WebSocket socket = connect(vertx, server);
    server.state().update(ServerBehaviour.change(Tunable.DELAY, "200"));
    Queue<Long> back = new ConcurrentLinkedQueue<>();
    socket.textMessageHandler(text -> back.add(System.nanoTime()));
    long start = System.nanoTime();
    socket.writeTextMessage("a").await();
    await().until(() -> !back.isEmpty());
    assertThat(back.element() - start).isGreaterThanOrEqualTo(199_000_000);
  }

  @Test
  void oneByteOfAMessageIsCorrupted(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject().put("corrupt_pct", 100));
    WebSocket socket = connect(vertx, server);
    Queue<Buffer> back = new ConcurrentLinkedQueue<>();
    socket.binaryMessageHandler(back::add);
    socket.writeBinaryMessage(Buffer.buffer("hello")).await();
    await().until(() -> !back.isEmpty());
    assertThat(back.element().length()).isEqualTo(5);
    assertThat(back.element()).isNotEqualTo(Buffer.buffer("hello"));
  }

  @ParameterizedTest
  @CsvSource({"Sec-WebSocket-Key, 400", "Upgrade, 400", "Sec-WebSocket-Version, 426"})
  void aRequestThatLacksSomethingIsRefused(String header, int status, Vertx vertx)
      throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      client.send(REQUEST.replaceAll(header + ": .*\r\n", "Connection: close\r\n"));
      assertThat(client.readAll()).startsWith("HTTP/1.1 " + status + " ");
    }
  }

  @Test
  void framesThatAreNoneEndIt(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    try (RawClient client = new RawClient(server.port())) {
      client.send(REQUEST);
      while (!client.read(1).equals("\r") || !client.read(3).equals("\n\r\n")) {}
      // Not masked.
      client.send(new byte[] {(byte) 0x81, 1, 'a'});
      byte[] close = client.readBytes(1000);
      assertThat(close).startsWith((byte) 0x88).hasSizeGreaterThan(3);
      assertThat((close[2] << 8) | (close[3] & 0xff)).isEqualTo(1002);
    }
    await().until(() -> server.state().stats().active() == 0);
  }

  @Test
  void aResetInMidFrameIsAnEnd(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject().put("delay_ms", 300));
    try (RawClient client = new RawClient(server.port())) {
      client.send(REQUEST);
      assertThat(client.read(12)).isEqualTo("HTTP/1.1 101");
      client.send(new byte[] {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'a', (byte) 0x81});
      await().until(() -> server.state().stats().webSocketMessages() == 1);
      client.reset();
    }
    await().until(() -> server.state().stats().active() == 0);
  }

  private static WebSocket connect(Vertx vertx, SimulatedServer server) {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions().setHost("127.0.0.1").setPort(server.port()).setURI("/ws");
    return vertx.createWebSocketClient().connect(options).await();
  }
}
