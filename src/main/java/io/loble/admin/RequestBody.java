package io.loble.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.ext.web.impl.RoutingContextInternal;

/**
 * Collects the body of one request for {@link RoutingContext#body}, as long as it is not too large.
 *
 * <p>In place of vertx-web's {@code BodyHandler}, which believes what curl says of every body that
 * it is not told otherwise about, that it is a form, and takes TOML and JSON apart as one.
 */
final class RequestBody {

  static final int LIMIT = 1024 * 1024;

  /** By when a body must have come. */
  static final long DEADLINE_MILLIS = 30_000;

  private final RoutingContext ctx;
  private final Budget budget;
  private final Buffer body = Buffer.buffer();
  private boolean refused;
  private boolean complete;

  private RequestBody(RoutingContext ctx, Budget budget) {
    this.ctx = ctx;
    this.budget = budget;
  }

  /**
   * Goes on to the next handler with the body, be it empty; fails with 413 when it is too large,
   * with 408 when it does not come, and with 503 when too much of others is held already.
   *
   * @param budget of the bytes of all bodies that are held
   */
  static void read(RoutingContext ctx, Budget budget) {
    RequestBody collected = new RequestBody(ctx, budget);
    if (!isAnnounced(ctx.request())) {
      collected.complete();
    } else if (declaredLength(ctx.request()) > LIMIT) {
      collected.refuse();
    } else {
      collected.collect();
    }
  }

  /** Whether there is one, by the request's headers. */
  static boolean isAnnounced(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || declaredLength(request) > 0;
  }

  private void collect() {
    HttpServerRequest request = ctx.request();
    request.handler(this::add).endHandler(end -> complete());
    long deadline = ctx.vertx().setTimer(DEADLINE_MILLIS, id -> tooLate());
    ctx.addEndHandler(
        ended -> {
          ctx.vertx().cancelTimer(deadline);
          budget.giveBack(body.length());
        });
    String expected = request.getHeader(HttpHeaders.EXPECT);
    if ("100-continue".equalsIgnoreCase(expected) && request.version() != HttpVersion.HTTP_1_0) {
      ctx.response().writeContinue();
    }
  }

  private void add(Buffer chunk) {
    if (refused) {
      return;
    }
    if (body.length() + chunk.length() > LIMIT) {
      refuse();
    } else if (!budget.tryTake(chunk.length())) {
      refused = true;
      Overload.refuse(ctx, "too many bodies are under way");
    } else {
      body.appendBuffer(chunk);
    }
  }

  private void complete() {
    if (!refused) {
      complete = true;
      RoutingContextInternal internal = (RoutingContextInternal) ctx;
      internal.visitHandler(RoutingContextInternal.BODY_HANDLER);
      internal.setBody(body);
      ctx.next();
    }
  }

  private void tooLate() {
    if (!refused && !complete) {
      refused = true;
      ctx.fail(new HttpException(408, "the body did not come within 30 s"));
    }
  }

  private void refuse() {
    refused = true;
    ctx.fail(new HttpException(413, "the body is larger than 1 MiB"));
  }

  /** 0 where the length is not known beforehand. */
  private static long declaredLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
