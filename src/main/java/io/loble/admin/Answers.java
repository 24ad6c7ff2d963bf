package io.loble.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;

/**
 * Sends answers piece by piece, as they are read: a client that does not read holds no copy of what
 * it was to get, and is cut off in time. What the answers under way hold together is bounded.
 */
final class Answers {

  /** Of all answers under way, where each has its own. */
  private static final long MOST_BYTES = 32L << 20;

  private static final int PIECE = 32 * 1024;

  private static final long DEADLINE_MILLIS = 30_000;

  private final Budget budget = new Budget(MOST_BYTES);

  /** Answers with JSON; 503 where too much is under way. */
  void json(RoutingContext ctx, Object json) {
    send(ctx, "application/json", Json.encodeToBuffer(json));
  }

  /**
   * Answers with content of that type, which is referenced nowhere else; 503 where too much is
   * under way.
   */
  void send(RoutingContext ctx, String type, Buffer content) {
    if (!budget.tryTake(content.length())) {
      Overload.refuse(ctx, "too many answers are under way");
      return;
    }
    ctx.addEndHandler(ended -> budget.giveBack(content.length()));
    sendShared(ctx, type, content);
  }

  /** Answers with content that others hold as well. */
  static void sendShared(RoutingContext ctx, String type, Buffer content) {
    HttpServerResponse response = ctx.response();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(content.length()));
    if (ctx.request().method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      new Sending(ctx, content).start();
    }
  }

  private static final class Sending {

    private final RoutingContext ctx;
    private final HttpServerResponse response;
    private final Buffer content;
    private int sent;

    Sending(RoutingContext ctx, Buffer content) {
      this.ctx = ctx;
      this.response = ctx.response();
      this.content = content;
    }

    void start() {
      long deadline =
          ctx.vertx().setTimer(DEADLINE_MILLIS, id -> ctx.request().connection().close());
      ctx.addEndHandler(ended -> ctx.vertx().cancelTimer(deadline));
      response.drainHandler(drained -> go());
      go();
    }

    private void go() {
      while (!response.ended() && !response.closed() && !response.writeQueueFull()) {
        int end = Math.min(sent + PIECE, content.length());
        Buffer piece = content.slice(sent, end);
        sent = end;
        if (sent == content.length()) {
          response.end(piece);
        } else {
          response.write(piece);
        }
      }
    }
  }
}
