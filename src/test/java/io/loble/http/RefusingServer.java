package io.loble.http;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.VertxConnection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Vert.x's server behind what refuses requests; answers all others with their bodies. */
final class RefusingServer {

  private final Vertx vertx = Vertx.vertx();
  private final Queue<String> served = new ConcurrentLinkedQueue<>();
  private final HttpServer server;

  /**
   * Listens.
   *
   * @param http2 if clients speak HTTP/2 without TLS; else they speak HTTP/1
   */
  RefusingServer(boolean http2) throws InterruptedException, ExecutionException, TimeoutException {
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(http2))
            .connectionHandler(
                connection -> {
                  if (!http2) {
                    readStrictly((VertxConnection) connection);
                  }
                  connection.exceptionHandler(
                      cause -> {
                        // expected; Vert.x would log it
                      });
                })
            .invalidRequestHandler(new InvalidRequests())
            .requestHandler(this::serve);
    server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(10, SECONDS);
  }

  private static void readStrictly(VertxConnection connection) {
    connection
        .channel()
        .pipeline()
        .replace(
            StrictRequestDecoder.NAME,
            StrictRequestDecoder.NAME,
            new StrictRequestDecoder(RefusedRequests.MAX_HEAD));
  }

  int port() {
    return server.actualPort();
  }

  /** The targets of all requests that were let through to their ends. */
  Queue<String> served() {
    return served;
  }

  private void serve(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      Http2Heads.faultOf(request)
          .ifPresentOrElse(fault -> InvalidRequests.refuse(request, fault), () -> answer(request));
    } else {
      answer(request);
    }
  }

  private void answer(HttpServerRequest request) {
    request.exceptionHandler(cause -> InvalidRequests.answerMalformedBody(request, cause));
    request
        .body()
        .onSuccess(
            body -> {
              served.add(request.uri());
              request.response().end(body);
            });
  }

  void close() throws InterruptedException, ExecutionException, TimeoutException {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
  }
}
