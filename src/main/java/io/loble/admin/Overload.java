package io.loble.admin;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;

/** Refuses what would make clients of the admin interface hold too much of the process. */
final class Overload {

  private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");

  private Overload() {}

  /**
   * Answers with 503, and ends the connection.
   *
   * @param what there is too much of, as the beginning of a sentence
   */
  static void refuse(RoutingContext ctx, String what) {
    ctx.response().putHeader(RETRY_AFTER, "1").putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    ctx.fail(new HttpException(503, what + "; try again in a moment"));
  }
}
