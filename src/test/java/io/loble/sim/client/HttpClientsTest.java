package io.loble.sim.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.sim.server.Servers;
import io.loble.sim.server.SimulatedServer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.junit5.VertxExtension;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients of HTTP and of WebSockets, and servers that do it wrong. */
@ExtendWith(VertxExtension.class)
class HttpClientsTest {

  private static final String HEAD = "HTTP/1.1 200 OK\r\nX-Server: a\r\n";

  @Test
  void oneConnectionIsKeptForAllRequests(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    ClientReport report = run(vertx, server.port(), ClientKind.HTTP);
    KindReport http = report.of(ClientKind.HTTP);
    assertThat(http.failed()).as(report.toTable()).isZero();
    assertThat(http.traffic().connects()).isEqualTo(http.started());
    assertThat(http.latency().count()).isGreaterThan(http.started());
    assertThat(server.state().stats().httpRequests())
        .isBetween(http.latency().count(), http.latency().count() + http.started());
    assertThat(http.traffic().bytesSent()).isPositive();
    assertThat(http.traffic().bytesReceived()).isGreaterThan(http.traffic().bytesSent());
  }

  @Test
  void anAnswerThatEndsItsConnectionIsFollowedByAnother(Vertx vertx) throws Exception {
    HttpServer server = vertx.createHttpServer().requestHandler(HttpClientsTest::answerAndClose);
    server.listen(0, "127.0.0.1").await();
    ClientReport report = run(vertx, server.actualPort(), ClientKind.HTTP);
    assertThat(report.total().failed()).as(report.toTable()).isZero();
    assertThat(report.total().finished()).isPositive();
    assertThat(report.total().traffic().connects()).isGreaterThan(report.total().started());
  }

  private static void answerAndClose(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body ->
                request
                    .response()
                    .putHeader("X-Server", "a")
                    .putHeader("Connection", "close")
                    .end(request.path().equals("/") ? Buffer.buffer("server a\n") : body));
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "WEBSOCKET"})
  void everyCorruptedAnswerIsFound(ClientKind kind, Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject().put("corrupt_pct", 100));
    ClientReport report = run(vertx, server.port(), kind);
    assertThat(report.wrongAnswers()).as(report.toTable()).isPositive();
    assertThat(report.total().failed()).isEqualTo(report.wrongAnswers());
    assertThat(report.total().finished()).isZero();
    assertThat(report.examples())
        .allSatisfy(one -> assertThat(one.expected()).isNotEmpty().isNotEqualTo(one.got()));
    assertThat(ClientReport.fromJson(report.toJson())).isEqualTo(report);
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "WEBSOCKET"})
  void hostAndPathAreThoseOfTheSettings(ClientKind kind, Vertx vertx) throws Exception {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  seen.add(request.getHeader("Host") + " " + request.path());
                  request.response().setStatusCode(503).end();
                });
    server.listen(0, "127.0.0.1").await();
    JsonObject settings =
        settings(kind).put("http_host", "api.example.com").put("http_path", "/v1/");
    ClientReport report = ClientRuns.run(vertx, server.actualPort(), settings);
    assertThat(report.total().failures().get(Outcome.REFUSED)).isPositive();
    assertThat(report.total().failed()).isEqualTo(report.total().failures().get(Outcome.REFUSED));
    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(
            kind == ClientKind.HTTP
                ? Set.of("api.example.com /v1/", "api.example.com /v1/echo")
                : Set.of("api.example.com /v1/ws"));
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "WEBSOCKET"})
  void aServerThatDiesInItsAnswersBreaksConnections(ClientKind kind, Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject().put("reset_after", 300));
    ClientReport report = run(vertx, server.port(), kind);
    assertThat(report.total().failures().get(Outcome.RESET)).as(report.toTable()).isPositive();
    assertThat(report.wrongAnswers()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "WEBSOCKET"})
  void anAnswerThatDoesNotComeIsATimeout(ClientKind kind, Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject().put("half_open", true));
    JsonObject settings = settings(kind).put("timeout", "200ms");
    ClientReport report = ClientRuns.run(vertx, server.port(), settings);
    KindReport total = report.total();
    assertThat(total.failures().get(Outcome.TIMEOUT)).as(report.toTable()).isPositive();
    assertThat(total.failed()).isEqualTo(total.failures().get(Outcome.TIMEOUT));
    await().until(() -> server.state().stats().acceptedTotal() >= total.started());
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "WEBSOCKET"})
  void aPortThatNobodyListensOnIsAFailureToConnect(ClientKind kind, Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    server.stop().await();
    ClientReport report = run(vertx, server.port(), kind);
    assertThat(report.total().failures().get(Outcome.CONNECT)).isPositive();
    assertThat(report.total().finished()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP, REFUSED, 'HTTP/1.1 502 Bad\r\nContent-Length: 0\r\n\r\n'",
    "HTTP, REFUSED, 'HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n'",
    "HTTP, WRONG_ANSWER, 'HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n'",
    "HTTP, WRONG_ANSWER, 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nserver a\n'",
    "HTTP, WRONG_ANSWER, 'Content-Length: 0\r\n\r\n'",
    "HTTP, WRONG_ANSWER, 'TRANSFER: chunked\r\n\r\n'",
    "WEBSOCKET, REFUSED, 'HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n'",
    "WEBSOCKET, WRONG_ANSWER, 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'"
  })
  void whatIsWrongIsToldApart(ClientKind kind, Outcome outcome, String answer, Vertx vertx)
      throws Exception {
    NetServer server =
        vertx
            .createNetServer()
            .connectHandler(socket -> socket.handler(any -> socket.write(answer)));
    server.listen(0, "127.0.0.1").await();
    ClientReport report = run(vertx, server.actualPort(), kind);
    assertThat(report.total().finished()).isZero();
    assertThat(report.total().failed()).isPositive();
    assertThat(report.total().failures().get(outcome))
        .as(report.toTable())
        .isEqualTo(report.total().failed());
  }

  @ParameterizedTest
  @CsvSource({
    "'Content-Length: 8\r\n\r\nserver a'",
    "'Content-Length: 10\r\n\r\nserver a\n\n'",
    "'Transfer-Encoding: chunked\r\n\r\n9\r\nserver b\n\r\n0\r\n\r\n'"
  })
  void aBodyMayBeTooShortTooLongOrAnother(String rest, Vertx vertx) throws Exception {
    NetServer server =
        vertx
            .createNetServer()
            .connectHandler(socket -> socket.handler(any -> socket.write(HEAD + rest)));
    server.listen(0, "127.0.0.1").await();
    ClientReport report = run(vertx, server.actualPort(), ClientKind.HTTP);
    assertThat(report.total().finished()).isZero();
    assertThat(report.wrongAnswers()).as(report.toTable()).isPositive();
    assertThat(report.total().failed()).isEqualTo(report.wrongAnswers());
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "WEBSOCKET"})
  void aConnectionThatEndsInPlaceOfAnAnswerIsClosedTooSoon(ClientKind kind, Vertx vertx)
      throws Exception {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> request.end().onSuccess(all -> request.connection().close()));
    onlyClosed(server, kind, vertx);
  }

  @Test
  void aConnectionThatEndsInABodyIsClosedTooSoon(Vertx vertx) throws Exception {
    HttpServer server = vertx.createHttpServer().requestHandler(HttpClientsTest::answerHalf);
    onlyClosed(server, ClientKind.HTTP, vertx);
  }

  private static void answerHalf(HttpServerRequest request) {
    request
        .body()
        .compose(
            body ->
                request
                    .response()
                    .putHeader("X-Server", "a")
                    .putHeader("Content-Length", "20000")
                    .write(request.path().equals("/") ? Buffer.buffer("serv") : body))
        .onSuccess(sent -> request.connection().close());
  }

  private static void onlyClosed(HttpServer server, ClientKind kind, Vertx vertx) throws Exception {
    server.listen(0, "127.0.0.1").await();
    ClientReport report = run(vertx, server.actualPort(), kind);
    assertThat(report.total().finished()).isZero();
    assertThat(report.total().failures().get(Outcome.CLOSED))
        .as(report.toTable())
        .isPositive()
        .isEqualTo(report.total().failed());
  }

  @Test
  void aWebSocketThatDoesNotSayWhoItIsIsWrong(Vertx vertx) throws Exception {
    HttpServer server = vertx.createHttpServer().webSocketHandler(socket -> {});
    server.listen(0, "127.0.0.1").await();
    ClientReport report = run(vertx, server.actualPort(), ClientKind.WEBSOCKET);
    assertThat(report.total().finished()).isZero();
    assertThat(report.wrongAnswers())
        .as(report.toTable())
        .isPositive()
        .isEqualTo(report.total().failed());
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "WEBSOCKET"})
  void aServerThatStopsClosesTooSoon(ClientKind kind, Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    SimulatedClients clients =
        ClientRuns.start(vertx, server.port(), ClientRuns.only(kind).put("connections", 20));
    await().until(() -> clients.report().latency().count() > 40);
    server.stop().await();
    await().until(() -> clients.report().total().failures().getOrDefault(Outcome.CLOSED, 0L) > 0);
    ClientReport report = clients.stop().await();
    assertThat(report.wrongAnswers()).as(report.toTable()).isZero();
  }

  private static ClientReport run(Vertx vertx, int port, ClientKind kind) throws Exception {
    return ClientRuns.run(vertx, port, settings(kind));
  }

  /** Some thirty clients. */
  private static JsonObject settings(ClientKind kind) {
    return ClientRuns.only(kind).put("rate", 100).put("duration", "300ms");
  }
}
