package io.loble.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** WebSockets through a listener, between Java's client and a server of Vert.x. */
class WebSocketTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MANY = 256 * 1024 * 1024;

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong written = new AtomicLong();
  private HttpServer server;
  private HttpBalancer balancer;

  @BeforeEach
  void start() throws Exception {
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions().setPerMessageWebSocketCompressionSupported(true))
            .webSocketHandler(this::serve)
            .requestHandler(
                request -> request.response().setStatusCode(426).end("WebSockets only"));
    server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(20, SECONDS);
    balancer = HttpBalancer.start(new HttpConf().backend("a", server.actualPort()), 1);
  }

  @AfterEach
  void close() throws Exception {
    await().atMost(PATIENCE).until(() -> open.get() == 0);
    balancer.awaitNothing();
    balancer.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, SECONDS);
  }

  private void serve(ServerWebSocket socket) {
    open.incrementAndGet();
    socket.closeHandler(closed -> open.decrementAndGet());
    if (socket.path().equals("/flood")) {
      flood(socket);
      return;
    }
    socket.textMessageHandler(
        text -> {
          if (text.equals("die")) {
            socket.writeTextMessage("dying");
            // Not its Vert.x: nothing would say for sure that the connection has ended.
            server.close();
          } else {
            socket.writeTextMessage(text);
          }
        });
    socket.binaryMessageHandler(socket::writeBinaryMessage);
  }

  private void flood(ServerWebSocket socket) {
    Buffer piece = Buffer.buffer(new byte[32 * 1024]);
    while (!socket.isClosed() && !socket.writeQueueFull() && written.get() < MANY) {
      socket.writeBinaryMessage(piece);
      written.addAndGet(piece.length());
    }
    socket.drainHandler(drained -> flood(socket));
  }

  /** What comes, a word each. */
  private final class Listener implements WebSocket.Listener {

    private final boolean reads;
    private final StringBuilder text = new StringBuilder();
    private long bytes;

    Listener(boolean reads) {
      this.reads = reads;
    }

    @Override
    public void onOpen(WebSocket socket) {
      if (reads) {
        socket.request(Long.MAX_VALUE);
      }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        heard.add(text.toString());
        text.setLength(0);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      bytes += data.remaining();
      if (last) {
        heard.add("binary " + bytes);
        bytes = 0;
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
      heard.add("pong " + StandardCharsets.US_ASCII.decode(data));
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      heard.add("close " + code + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      heard.add("error");
    }
  }

  private WebSocket connect(String target, boolean reads) throws Exception {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(URI.create("ws://127.0.0.1:" + balancer.port() + target), new Listener(reads))
        .get(20, SECONDS);
  }

  private String next() throws InterruptedException {
    return heard.poll(20, SECONDS);
  }

  @Test
  void messagesComeBothWaysUntilItIsClosed() throws Exception {
    WebSocket socket = connect("/", true);
    String large = "0123456789".repeat(5_000);
    socket.sendText("hello", true).get(20, SECONDS);
    assertThat(next()).isEqualTo("hello");
    socket.sendText(large, true).get(20, SECONDS);
    assertThat(next()).isEqualTo(large);
    socket.sendBinary(ByteBuffer.wrap(new byte[50_000]), true).get(20, SECONDS);
    assertThat(next()).isEqualTo("binary 50000");
    socket.sendPing(ByteBuffer.wrap("x".getBytes(StandardCharsets.US_ASCII))).get(20, SECONDS);
    assertThat(next()).isEqualTo("pong x");
    socket.sendClose(4001, "enough").get(20, SECONDS);
    assertThat(next()).startsWith("close ");
    await().atMost(PATIENCE).until(() -> balancer.listener().requests().total(1) == 1);
  }

  @Test
  void aBackendThatDiesEndsIt() throws Exception {
    WebSocket socket = connect("/", true);
    socket.sendText("die", true).get(20, SECONDS);
    assertThat(next()).isEqualTo("dying");
    assertThat(next()).matches("close .*|error");
  }

  @Test
  void aClientThatDiesEndsIt() throws Exception {
    WebSocket socket = connect("/", true);
    assertThat(open.get()).isEqualTo(1);
    socket.abort();
  }

  @Test
  void aClientThatDoesNotReadStopsItsBackend() throws Exception {
    WebSocket socket = connect("/flood", false);
    AtomicLong last = new AtomicLong(-1);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(() -> last.getAndSet(written.get()) == written.get());
    // The kernel's own buffers of two connections are some 20 MiB at the most.
    assertThat(written.get()).isBetween(1L, MANY / 4L);
    socket.abort();
  }

  @Test
  void whatClientAndBackendAgreeOnIsTheirs() throws Exception {
    try (RawClient client = balancer.connect()) {
      client.send(
          RawClient.request(
              "GET",
              "/",
              "",
              "Connection: keep-alive, Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
              "Sec-WebSocket-Extensions: permessage-deflate"));
      Message head = client.head();
      assertThat(head.status()).isEqualTo(101);
      assertThat(head.all("sec-websocket-accept")).containsExactly("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      assertThat(head.all("sec-websocket-extensions")).containsExactly("permessage-deflate");
      assertThat(head.field("connection")).isEqualToIgnoringCase("upgrade");
      // "Hi" as RFC 7692 compresses it, in a masked frame.
      client.send(
          new byte[] {(byte) 0xc1, (byte) 0x84, 0, 0, 0, 0, (byte) 0xf2, (byte) 0xc8, 4, 0});
      byte[] frame = client.some(6);
      assertThat(frame).startsWith((byte) 0xc1, (byte) 4).endsWith((byte) 0xf2, (byte) 0xc8, 4, 0);
    }
  }

  @Test
  void whoseUpgradeIsRefusedIsToldSo() throws Exception {
    try (RawClient client = balancer.connect()) {
      client.send(RawClient.request("GET", "/", "", "Connection: Upgrade", "Upgrade: websocket"));
      assertThat(client.head().status()).isBetween(400, 499);
    }
    assertThat(balancer.get("/").status()).isEqualTo(426);
  }
}
