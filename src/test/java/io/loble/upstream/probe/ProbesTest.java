package io.loble.upstream.probe;

import static io.loble.upstream.TestMonitor.done;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.loble.config.ActiveCheck;
import io.loble.config.ActiveCheck.HttpCheck;
import io.loble.model.ClosedPort;
import io.loble.model.HostPort;
import io.loble.model.Outbound;
import io.loble.upstream.TestConfig;
import io.loble.upstream.TestServer;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What makes a probe succeed or fail. */
class ProbesTest {

  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final HttpCheck CHECK = new HttpCheck("/up?deep=1", "", 200, 299);

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    done(vertx.close());
  }

  @Test
  void tcpSucceedsAndClosesItsConnection() throws Exception {
    try (TestServer server = TestServer.start(ProbesTest::readToTheEnd)) {
      succeeds(server.port(), TestConfig.tcp(LONG));
      await().atMost(20, SECONDS).until(() -> server.finished() == 1);
    }
  }

  @Test
  void tcpFailsWhereNobodyListens() throws Exception {
    assertThat(failure(ClosedPort.next(), TestConfig.tcp(LONG))).isEqualTo("connection refused");
  }

  @Test
  void httpAsksForThePathAndNamesTheBackend() {
    AtomicReference<String> asked = new AtomicReference<>("");
    int port =
        http(
            request -> {
              asked.set(request.method() + " " + request.uri() + " " + request.authority());
              request.response().setStatusCode(204).end();
            });
    succeeds(port, TestConfig.http(LONG, CHECK));
    assertThat(asked.get()).isEqualTo("GET /up?deep=1 127.0.0.1:" + port);
  }

  @Test
  void httpSendsTheHostHeaderThatIsConfigured() {
    AtomicReference<String> host = new AtomicReference<>("");
    int port =
        http(
            request -> {
              host.set(request.getHeader("host"));
              request.response().end();
            });
    succeeds(port, TestConfig.http(LONG, new HttpCheck("/", "shop.example", 200, 200)));
    assertThat(host.get()).isEqualTo("shop.example");
  }

  @Test
  void httpAcceptsTheBoundsOfItsRangeAndNothingOutsideThem() {
    AtomicInteger status = new AtomicInteger();
    int port = http(request -> request.response().setStatusCode(status.get()).end());
    ActiveCheck check = TestConfig.http(LONG, CHECK);
    for (int accepted : new int[] {200, 299}) {
      status.set(accepted);
      succeeds(port, check);
    }
    for (int refused : new int[] {300, 404, 503}) {
      status.set(refused);
      assertThat(failure(port, check)).isEqualTo("GET /up?deep=1 was answered with " + refused);
    }
  }

  @Test
  void httpDoesNotWaitForTheBodyAndMakesNoNoiseOfThat() {
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    Logger vertxLog = (Logger) LoggerFactory.getLogger("io.vertx.core.http");
    logged.start();
    vertxLog.addAppender(logged);
    AtomicBoolean closed = new AtomicBoolean();
    int port =
        http(
            request -> {
              request.connection().closeHandler(v -> closed.set(true));
              request.response().setChunked(true).write("begun");
            });
    succeeds(port, TestConfig.http(LONG, CHECK));
    await().atMost(20, SECONDS).untilTrue(closed);
    vertxLog.detachAppender(logged);
    assertThat(logged.list).isEmpty();
  }

  @Test
  void httpFailsWithoutAnAnswerInTimeAndClosesItsConnection() {
    AtomicBoolean closed = new AtomicBoolean();
    int port = http(request -> request.connection().closeHandler(v -> closed.set(true)));
    assertThat(failure(port, TestConfig.http(SHORT, CHECK))).isEqualTo("no answer within 50ms");
    await().atMost(20, SECONDS).untilTrue(closed);
  }

  @Test
  void expectSendsItsTextAndSucceedsWithTheRightAnswer() throws Exception {
    try (TestServer server =
        TestServer.start(
            socket -> {
              String heard = new String(socket.getInputStream().readNBytes(6), UTF_8);
              say(socket, heard.equals("PING\r\n") ? "+PONG\r\n" : "-ERR\r\n");
              readToTheEnd(socket);
            })) {
      succeeds(server.port(), TestConfig.expect(LONG, "PING\r\n", "+PONG"));
      await().atMost(20, SECONDS).until(() -> server.finished() == 1);
    }
  }

  @Test
  void expectListensToAServerThatSpeaksFirst() throws Exception {
    try (TestServer server = TestServer.start(s -> sayAndWait(s, "220 mail.example ESMTP"))) {
      succeeds(server.port(), TestConfig.expect(LONG, "", "ESMTP"));
    }
  }

  @Test
  void expectFindsATextThatIsNotAscii() throws Exception {
    try (TestServer server = TestServer.start(s -> sayAndWait(s, "état: prêt"))) {
      succeeds(server.port(), TestConfig.expect(LONG, "", "prêt"));
    }
  }

  @Test
  void expectFindsATextThatArrivesInPieces() throws Exception {
    try (TestServer server =
        TestServer.start(
            socket -> {
              socket.setTcpNoDelay(true);
              say(socket, "rea");
              socket.getInputStream().read();
              say(socket, "dy");
              readToTheEnd(socket);
            })) {
      succeeds(server.port(), TestConfig.expect(LONG, "?", "ready"));
    }
  }

  @Test
  void expectFailsInTimeAfterAWrongAnswer() throws Exception {
    try (TestServer server = TestServer.start(s -> sayAndWait(s, "not what you want"))) {
      assertThat(failure(server.port(), TestConfig.expect(SHORT, "", "ready")))
          .isEqualTo("no answer within 50ms");
      await().atMost(20, SECONDS).until(() -> server.finished() == 1);
    }
  }

  @Test
  void expectFailsInTimeWhenThereIsSilence() throws Exception {
    try (TestServer server = TestServer.start(ProbesTest::readToTheEnd)) {
      assertThat(failure(server.port(), TestConfig.expect(SHORT, "PING", "PONG")))
          .isEqualTo("no answer within 50ms");
    }
  }

  @Test
  void expectFailsAtOnceWhenTheBackendCloses() throws Exception {
    try (TestServer server = TestServer.start(s -> say(s, "bye"))) {
      assertThat(failure(server.port(), TestConfig.expect(LONG, "", "ready")))
          .isEqualTo("closed before the answer contained 'ready'");
    }
  }

  @Test
  void expectTellsOfAReset() throws Exception {
    try (TestServer server = TestServer.start(ProbesTest::reset)) {
      assertThat(failure(server.port(), TestConfig.expect(LONG, "PING", "PONG")))
          .startsWithIgnoringCase("connection reset");
    }
  }

  /** What is expected is the user's text, whatever the system means by it. */
  @Test
  void expectTellsWhatWasMissedInItsOwnWords() throws Exception {
    try (TestServer server = TestServer.start(s -> say(s, "bye"))) {
      assertThat(failure(server.port(), TestConfig.expect(LONG, "", "connection refused")))
          .isEqualTo("closed before the answer contained 'connection refused'");
    }
  }

  @Test
  void expectTellsOfBytesThatALogLineCannotHave() throws Exception {
    try (TestServer server = TestServer.start(s -> say(s, "bye"))) {
      assertThat(failure(server.port(), TestConfig.expect(LONG, "", "\0ok\n")))
          .isEqualTo("closed before the answer contained '\\u0000ok\\u000a'");
    }
  }

  @Test
  void expectGivesUpOnABackendThatTalksWithoutEnd() throws Exception {
    String noise = "x".repeat(100_000);
    try (TestServer server = TestServer.start(s -> sayAndWait(s, noise))) {
      assertThat(failure(server.port(), TestConfig.expect(LONG, "", "ready")))
          .isEqualTo("the answer does not contain 'ready'");
    }
  }

  /** On an event loop, as health does: elsewhere what a server says first could be missed. */
  private Verdict probe(int port, ActiveCheck check) {
    return probe(port, check, Outbound.PLAIN);
  }

  private Verdict probe(int port, ActiveCheck check, Outbound outbound) {
    Promise<Verdict> verdict = Promise.promise();
    Probe<?> probe = new Probes(vertx).of(new HostPort("127.0.0.1", port), check, outbound);
    vertx.runOnContext(v -> probe.run().onComplete(verdict));
    return done(verdict.future());
  }

  private void succeeds(int port, ActiveCheck check) {
    assertThat(probe(port, check)).isEqualTo(Verdict.FINE);
  }

  private String failure(int port, ActiveCheck check) {
    Verdict verdict = probe(port, check);
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.BAD);
    return verdict.why();
  }

  private int http(Handler<HttpServerRequest> handler) {
    HttpServer server = vertx.createHttpServer().requestHandler(handler);
    return done(server.listen(0, "127.0.0.1")).actualPort();
  }

  private static void sayAndWait(Socket socket, String text) throws IOException {
    say(socket, text);
    readToTheEnd(socket);
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  private static void reset(Socket socket) throws IOException {
    int asked = socket.getInputStream().read();
    socket.setSoLinger(asked >= 0, 0);
    socket.close();
  }

  private static void readToTheEnd(Socket socket) throws IOException {
    socket.getInputStream().readAllBytes();
  }
}
