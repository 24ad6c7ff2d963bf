package io.loble.junit;

import io.loble.model.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client such as applications have, on Vert.x's {@link NetClient}: it keeps connections for the
 * next request, gives up one that fails or takes too long, and asks again on another.
 */
final class LineClient implements AutoCloseable {

  private static final int ATTEMPTS = 8;
  private static final int ANSWER_MILLIS = 500;

  /** A connection and what waits for its next line. */
  private static final class Line {

    private final NetSocket socket;
    private Promise<String> answer = Promise.promise();

    private Line(NetSocket socket) {
      this.socket = socket;
      socket.handler(RecordParser.newDelimited("\n", line -> answer.tryComplete(line.toString())));
      socket.exceptionHandler(cause -> answer.tryFail(cause));
      socket.closeHandler(closed -> answer.tryFail("closed"));
    }

    private Future<String> ask(String request) {
      answer = Promise.promise();
      socket.write(request + "\n").onFailure(cause -> answer.tryFail(cause));
      return answer.future().timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private final Vertx vertx = Vertx.vertx();
  private final NetClient client =
      vertx.createNetClient(new NetClientOptions().setConnectTimeout(500));
  private final Deque<Line> idle = new ArrayDeque<>();
  private final AtomicInteger retries = new AtomicInteger();
  private final HostPort server;

  LineClient(HostPort server) {
    this.server = server;
  }

  /** Asks, and waits for the answer. */
  String ask(String request) throws TimeoutException {
    return vertx
        .<String>executeBlocking(() -> "")
        .compose(ready -> ask(request, ATTEMPTS))
        .await(30, TimeUnit.SECONDS);
  }

  /** How often it had to ask again. */
  int retries() {
    return retries.get();
  }

  private synchronized Future<Line> line() {
    Line kept = idle.poll();
    return kept == null
        ? client.connect(server.port(), server.host()).map(Line::new)
        : Future.succeededFuture(kept);
  }

  private Future<String> ask(String request, int attempts) {
    return line()
        .compose(line -> ask(request, line))
        .recover(
            cause -> {
              retries.incrementAndGet();
              return attempts > 1 ? ask(request, attempts - 1) : Future.failedFuture(cause);
            });
  }

  private Future<String> ask(String request, Line line) {
    return line.ask(request)
        .onSuccess(answer -> keep(line))
        .onFailure(cause -> line.socket.close());
  }

  private synchronized void keep(Line line) {
    idle.add(line);
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
