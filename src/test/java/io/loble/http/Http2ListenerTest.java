package io.loble.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.CertificateFiles;
import io.loble.tls.TestCertificates;
import io.loble.tls.TestFiles;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that speak HTTP/2 by TLS, and backends that do without. */
class Http2ListenerTest {

  private static final X509Bundle LEAF =
      TestCertificates.leaf(TestCertificates.AUTHORITY, "localhost", "127.0.0.1");
  private static final SSLContext CONTEXT = TestFiles.context(LEAF);
  private static final int MANY = 64 * 1024 * 1024;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      HttpClient.newBuilder().version(Version.HTTP_2).sslContext(CONTEXT).build();
  private final AtomicLong written = new AtomicLong();
  private final AtomicInteger closedStreams = new AtomicInteger();
  private CertificateFiles files;

  @BeforeEach
  void write(@TempDir Path directory) {
    files = TestFiles.write(directory, "leaf", LEAF);
  }

  @AfterEach
  void close() throws Exception {
    done(vertx.close());
  }

  private static <T> T done(Future<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.toCompletionStage().toCompletableFuture().get(30, SECONDS);
  }

  private HttpConf secured(HttpConf conf) {
    return conf.listener(
        "tls = { certificates = [{ cert = \"%s\", key = \"%s\" }] }"
            .formatted(files.cert(), files.key()));
  }

  private static HttpRequest.Builder to(HttpBalancer balancer, String target) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + balancer.port() + target))
        .timeout(Duration.ofSeconds(20));
  }

  /** A backend that speaks HTTP/2 only, and ends its answers with trailers as gRPC does. */
  private HttpServer backend() throws Exception {
    HttpServer server =
        vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(true));
    server.requestHandler(
        request -> {
          request.response().exceptionHandler(gone -> closedStreams.incrementAndGet());
          if (request.path().equals("/endless")) {
            write(request.response());
          } else if (!request.path().equals("/mute")) {
            request
                .body()
                .onSuccess(
                    body ->
                        request
                            .response()
                            .putHeader("x-te", String.valueOf(request.getHeader("te")))
                            .putHeader("x-version", request.version().name())
                            .putTrailer("grpc-status", "0")
                            .end(body));
          }
        });
    return done(server.listen(0, "127.0.0.1"));
  }

  private synchronized void write(HttpServerResponse response) {
    Buffer piece = Buffer.buffer(new byte[64 * 1024]);
    while (!response.writeQueueFull() && written.get() < MANY) {
      response.write(piece);
      written.addAndGet(piece.length());
    }
    if (written.get() >= MANY) {
      response.end();
    } else {
      response.drainHandler(drained -> write(response));
    }
  }

  private io.vertx.core.http.HttpClient http2() {
    return vertx.createHttpClient(
        new HttpClientOptions()
            .setProtocolVersion(io.vertx.core.http.HttpVersion.HTTP_2)
            .setHttp2ConnectionWindowSize(16 * 1024 * 1024)
            .setSsl(true)
            .setUseAlpn(true)
            .setTrustAll(true)
            .setVerifyHost(false));
  }

  private HttpClientRequest request(
      io.vertx.core.http.HttpClient by, HttpBalancer balancer, String target) throws Exception {
    return done(by.request(HttpMethod.POST, balancer.port(), "localhost", target));
  }

  private HttpBalancer toHttp2(HttpServer server) throws IOException {
    return HttpBalancer.start(
        secured(new HttpConf().backend("a", server.actualPort()))
            .pool("http = { version = \"h2\" }"),
        1);
  }

  @Test
  void manyRequestsShareAConnection() throws Exception {
    try (Origin origin = Origin.answering(request -> Origin.ok(request.target()));
        HttpBalancer balancer = HttpBalancer.start(secured(HttpConf.to(origin)))) {
      client.send(to(balancer, "/first").build(), BodyHandlers.ofString());
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        answers.add(client.sendAsync(to(balancer, "/" + i).build(), BodyHandlers.ofString()));
      }
      for (int i = 0; i < answers.size(); i++) {
        HttpResponse<String> answer = answers.get(i).get(20, SECONDS);
        assertThat(answer.version()).isEqualTo(Version.HTTP_2);
        assertThat(answer.body()).isEqualTo("/" + i);
      }
      assertThat(balancer.listener().acceptedTotal()).isEqualTo(1);
      assertThat(origin.last().all("x-forwarded-proto")).containsExactly("https");
      assertThat(origin.last().all("host")).containsExactly("localhost:" + balancer.port());
      assertThat(balancer.backend("a").stats().admission().active()).isZero();
    }
  }

  @Test
  void largeBodiesComeBothWays() throws Exception {
    byte[] body = new byte[5_000_000];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) ((i * 31) >> 3);
    }
    try (Origin origin = Origin.answering(request -> Origin.ok(request.body()));
        HttpBalancer balancer = HttpBalancer.start(secured(HttpConf.to(origin)))) {
      HttpResponse<byte[]> answer =
          client.send(
              to(balancer, "/").POST(BodyPublishers.ofByteArray(body)).build(),
              BodyHandlers.ofByteArray());
      assertThat(Arrays.equals(answer.body(), body)).isTrue();
    }
  }

  @Test
  void trailersComeThroughFromBackendsOfHttp2() throws Exception {
    try (HttpBalancer balancer = toHttp2(backend())) {
      for (int i = 0; i < 3; i++) {
        HttpClientRequest request = request(http2(), balancer, "/grpc");
        request.putHeader("te", "trailers");
        Future<HttpClientResponse> whole =
            request
                .send(Buffer.buffer("message"))
                .compose(
                    begun ->
                        begun
                            .body()
                            .map(
                                body -> {
                                  assertThat(body.toString()).isEqualTo("message");
                                  return begun;
                                }));
        HttpClientResponse answer = done(whole);
        assertThat(answer.getHeader("x-te")).isEqualTo("trailers");
        assertThat(answer.getHeader("x-version")).isEqualTo("HTTP_2");
        assertThat(answer.getTrailer("grpc-status")).isEqualTo("0");
      }
    }
  }

  @Test
  void requestsWhoseClientsDoNotReadStopNoOther() throws Exception {
    try (HttpBalancer balancer = toHttp2(backend())) {
      io.vertx.core.http.HttpClient both = http2();
      List<CompletableFuture<Long>> sizes = new ArrayList<>();
      List<CompletableFuture<HttpClientResponse>> slow = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        CompletableFuture<Long> size = new CompletableFuture<>();
        CompletableFuture<HttpClientResponse> begun = new CompletableFuture<>();
        sizes.add(size);
        slow.add(begun);
        HttpClientRequest endless = request(both, balancer, "/endless");
        endless.response().onSuccess(answer -> readLater(answer, begun, size));
        endless.end();
      }
      AtomicLong last = new AtomicLong(-1);
      await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(300))
          .until(() -> last.getAndSet(written.get()) == written.get());
      assertThat(written.get()).isBetween(1L, MANY / 4L * 3);
      Future<Buffer> other =
          request(both, balancer, "/echo")
              .send(Buffer.buffer("still there"))
              .compose(HttpClientResponse::body);
      assertThat(done(other).toString()).isEqualTo("still there");
      long all = 0;
      for (int i = 0; i < sizes.size(); i++) {
        slow.get(i).get(20, SECONDS).resume();
      }
      for (CompletableFuture<Long> size : sizes) {
        all += size.get(60, SECONDS);
      }
      assertThat(all).isEqualTo(written.get());
    }
  }

  private static void readLater(
      HttpClientResponse answer,
      CompletableFuture<HttpClientResponse> begun,
      CompletableFuture<Long> size) {
    AtomicLong read = new AtomicLong();
    answer.pause();
    answer.handler(data -> read.addAndGet(data.length()));
    answer.endHandler(ended -> size.complete(read.get()));
    answer.exceptionHandler(size::completeExceptionally);
    begun.complete(answer);
  }

  @Test
  void aStreamThatIsResetEndsAtTheBackendAndNoOther() throws Exception {
    try (HttpBalancer balancer = toHttp2(backend())) {
      io.vertx.core.http.HttpClient both = http2();
      HttpClientRequest mute = request(both, balancer, "/mute");
      mute.end();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> balancer.backend("a").stats().admission().active() == 1);
      mute.reset(8);
      await().atMost(Duration.ofSeconds(20)).until(() -> closedStreams.get() == 1);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> balancer.backend("a").stats().admission().active() == 0);
      Future<Buffer> other =
          request(both, balancer, "/echo")
              .send(Buffer.buffer("still there"))
              .compose(HttpClientResponse::body);
      assertThat(done(other).toString()).isEqualTo("still there");
      assertThat(balancer.listener().acceptedTotal()).isEqualTo(1);
    }
  }

  @Test
  void anAnswerThatIsCutIsAStreamThatIsReset() throws Exception {
    try (Origin bad =
            Origin.that(
                talk -> {
                  talk.request();
                  talk.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
                });
        HttpBalancer balancer = HttpBalancer.start(secured(HttpConf.to(bad)), 1)) {
      CompletableFuture<HttpResponse<String>> answer =
          client.sendAsync(to(balancer, "/").build(), BodyHandlers.ofString());
      assertThat(answer)
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(IOException.class);
      assertThat(balancer.listener().active()).isEqualTo(1);
    }
  }

  @Test
  void aProcessThatStopsAnswersWhatItWasAsked() throws Exception {
    Gate gate = new Gate();
    try (Origin origin =
        Origin.that(
            talk -> {
              talk.request();
              gate.pass();
              talk.send(Origin.ok("late"));
              talk.untilEnd();
            })) {
      HttpBalancer balancer = HttpBalancer.start(secured(HttpConf.to(origin)));
      // Java's client gives up all requests when it is told that no others are taken.
      Future<Buffer> answer =
          request(http2(), balancer, "/").send().compose(HttpClientResponse::body);
      await().atMost(Duration.ofSeconds(20)).until(() -> !origin.heads().isEmpty());
      int port = balancer.port();
      CompletableFuture<Void> closed = CompletableFuture.runAsync(balancer::closeUnchecked);
      await().atMost(Duration.ofSeconds(20)).until(() -> refuses(port));
      gate.open();
      assertThat(done(answer).toString()).isEqualTo("late");
      closed.get(20, SECONDS);
    }
  }

  private static boolean refuses(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isClosed();
    } catch (ConnectException e) {
      return true;
    }
  }
}
