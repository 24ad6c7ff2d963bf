package io.loble.admin;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** What a request may do, which every answer below {@code /api} says. */
enum Right {
  NONE("none"),
  LOOK("read-only"),
  ALL("full");

  private static final CharSequence HEADER = HttpHeaders.createOptimized("Loble-Access");

  private final String label;

  Right(String label) {
    this.label = label;
  }

  /** Says it in the answer, so that a page need not show what would be refused. */
  void tell(RoutingContext ctx) {
    ctx.response().putHeader(HEADER, label);
  }
}
