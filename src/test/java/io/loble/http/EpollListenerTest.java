package io.loble.http;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.loble.config.CertificateFiles;
import io.loble.tls.TestCertificates;
import io.loble.tls.TestFiles;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an HTTP listener does most, on the transport that Linux has: there the sockets of clients
 * and backends are made otherwise before they are handed to Vert.x. The other tests run on Java's.
 */
class EpollListenerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MANY = 64 * 1024 * 1024;

  @BeforeEach
  void needsEpoll() {
    assumeTrue(Transport.EPOLL != null && Transport.EPOLL.available(), "there is no epoll here");
  }

  private static HttpBalancer start(HttpConf conf) throws IOException {
    HttpBalancer started = HttpBalancer.start(requireNonNull(Transport.EPOLL), conf, 1);
    assertThat(started.vertx().isNativeTransportEnabled()).isTrue();
    return started;
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void requestsAreAnsweredByOneKeptConnection() throws IOException {
    String large = "0123456789abcdef".repeat(50_000);
    try (Origin origin = Origin.answering(request -> Origin.ok(request.method() + request.body()));
        HttpBalancer balancer = start(HttpConf.to(origin))) {
      try (RawClient client = balancer.connect()) {
        for (int i = 0; i < 3; i++) {
          assertThat(client.send(RawClient.request("GET", "/", "")).answer().body())
              .isEqualTo("GET");
          assertThat(client.send(RawClient.request("POST", "/", large)).answer().body())
              .isEqualTo("POST" + large);
          assertThat(balancer.get("/").body()).isEqualTo("GET");
        }
        assertThat(origin.connections()).isEqualTo(1);
      }
      balancer.awaitNothing();
    }
  }

  @Test
  void aKeptConnectionThatEndsIsNotUsed() throws IOException {
    try (Origin origin =
            Origin.that(
                talk -> {
                  talk.request();
                  talk.send(Origin.ok("once"));
                });
        HttpBalancer balancer = start(HttpConf.to(origin))) {
      for (int i = 1; i <= 5; i++) {
        assertThat(balancer.get("/").body()).isEqualTo("once");
        origin.awaitOpen(0);
        assertThat(origin.connections()).isEqualTo(i);
      }
      balancer.awaitNothing();
    }
  }

  @Test
  void aKeptConnectionMayBeResetAsARequestComes() throws IOException {
    try (Origin origin =
            Origin.that(
                talk -> {
                  talk.request();
                  talk.send(Origin.ok("once"));
                  talk.head();
                  talk.reset();
                });
        HttpBalancer balancer = start(HttpConf.to(origin))) {
      assertThat(balancer.get("/").body()).isEqualTo("once");
      assertThat(balancer.get("/").body()).isEqualTo("once");
      assertThat(origin.connections()).isEqualTo(2);
      assertThat(balancer.backend("a").stats().counters().failures()).isZero();
      balancer.awaitNothing();
    }
  }

  @Test
  void aBackendThatIsCutWithinItsAnswerIsNotedByTheClient() throws IOException {
    try (Origin origin =
            Origin.that(
                talk -> {
                  talk.request();
                  talk.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
                  talk.reset();
                });
        HttpBalancer balancer = start(HttpConf.to(origin));
        RawClient client = balancer.connect()) {
      client.send(RawClient.request("GET", "/", ""));
      assertThat(client.untilEnd()).isEqualTo(RawClient.End.RESET);
      balancer.awaitNothing();
    }
  }

  @Test
  void aDownloadWaitsForASlowReaderAndIsWhole() throws IOException {
    byte[] piece = random(64 * 1024);
    AtomicLong written = new AtomicLong();
    try (Origin origin =
            Origin.that(
                talk -> {
                  talk.request();
                  talk.send("HTTP/1.1 200 OK\r\nContent-Length: " + MANY + "\r\n\r\n");
                  while (written.get() < MANY) {
                    talk.send(piece);
                    written.addAndGet(piece.length);
                  }
                  talk.untilEnd();
                });
        HttpBalancer balancer = start(HttpConf.to(origin))) {
      try (RawClient client = new RawClient(balancer.port(), 64 * 1024)) {
        client.send(RawClient.request("GET", "/", ""));
        assertThat(client.head().status()).isEqualTo(200);
        AtomicLong last = new AtomicLong(-1);
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(300))
            .until(() -> last.getAndSet(written.get()) == written.get());
        // Of this, the kernel's own buffers of two connections are some 20 MiB.
        assertThat(written.get()).isBetween(1L, MANY / 2L);
        for (int i = 0; i < MANY / piece.length; i++) {
          assertThat(Arrays.equals(client.some(piece.length), piece)).as("piece %d", i).isTrue();
        }
      }
      balancer.awaitNothing();
    }
  }

  @Test
  void aWebSocketIsRelayedUntilItsClientDies() throws Exception {
    Vertx vertx = Vertx.vertx();
    AtomicLong open = new AtomicLong();
    HttpServer server =
        vertx
            .createHttpServer()
            .webSocketHandler(
                (ServerWebSocket socket) -> {
                  open.incrementAndGet();
                  socket.closeHandler(closed -> open.decrementAndGet());
                  socket.textMessageHandler(socket::writeTextMessage);
                });
    server.listen(0, "127.0.0.1").await();
    try (HttpBalancer balancer = start(new HttpConf().backend("a", server.actualPort()));
        RawClient client = balancer.connect()) {
      client.send(
          RawClient.request(
              "GET",
              "/",
              "",
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
      assertThat(client.head().status()).isEqualTo(101);
      for (int i = 0; i < 3; i++) {
        // "Hi" in a frame that is masked with zeros.
        client.send(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'H', 'i'});
        assertThat(client.some(4)).containsExactly(0x81, 2, 'H', 'i');
      }
      client.reset();
      await().atMost(PATIENCE).until(() -> open.get() == 0);
      balancer.awaitNothing();
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void clientsSpeakHttp2ByTls(@TempDir Path directory) throws Exception {
    CertificateFiles files =
        TestFiles.write(
            directory,
            "leaf",
            TestCertificates.leaf(TestCertificates.AUTHORITY, "localhost", "127.0.0.1"));
    String body = "0123456789abcdef".repeat(100_000);
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .sslContext(TestFiles.context())
            .build();
    try (Origin origin = Origin.answering(request -> Origin.ok(request.body()));
        HttpBalancer balancer =
            start(
                HttpConf.to(origin)
                    .listener(
                        "tls = { certificates = [{ cert = \"%s\", key = \"%s\" }] }"
                            .formatted(files.cert(), files.key())))) {
      URI uri = URI.create("https://localhost:" + balancer.port() + "/");
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> answer =
            client
                .sendAsync(
                    HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build(),
                    BodyHandlers.ofString())
                .get(20, SECONDS);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.body()).isEqualTo(body);
      }
      assertThat(balancer.listener().acceptedTotal()).isEqualTo(1);
      assertThat(origin.connections()).isEqualTo(1);
    }
  }
}
