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

  private final RoutingContext ctx;
  private final Buffer body = Buffer.buffer();
  private boolean tooLarge;

  private RequestBody(RoutingContext ctx) {
    this.ctx = ctx;
  }

  /** Goes on to the next handler with the body, be it empty, or fails with 413. */
  static void read(RoutingContext ctx) {
    RequestBody collected = new RequestBody(ctx);
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
    String expected = request.getHeader(HttpHeaders.EXPECT);
    if ("100-continue".equalsIgnoreCase(expected) && request.version() != HttpVersion.HTTP_1_0) {
      ctx.response().writeContinue();
    }
  }

  private void add(Buffer chunk) {
    if (tooLarge) {
      return;
    }
    if (body.length() + chunk.length() > LIMIT) {
      tooLarge = true;
      refuse();
    } else {
      body.appendBuffer(chunk);
    }
  }

  private void complete() {
    if (!tooLarge) {
      RoutingContextInternal internal = (RoutingContextInternal) ctx;
      internal.visitHandler(RoutingContextInternal.BODY_HANDLER);
      internal.setBody(body);
      ctx.next();
    }
  }

  private void refuse() {
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
