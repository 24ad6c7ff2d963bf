package io.loble.admin;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.regex.Pattern;

/**
 * Refuses a path with a segment {@code .} or {@code ..}, which the router would resolve: what is to
 * be done to a backend called so would be done to its pool.
 */
final class PlainPath implements Handler<RoutingContext> {

  /** However it is written: {@code %2e} means the same. */
  private static final Pattern DOT_SEGMENT =
      Pattern.compile("/(\\.|%2e){1,2}(/|$)", Pattern.CASE_INSENSITIVE);

  @Override
  public void handle(RoutingContext ctx) {
    if (DOT_SEGMENT.matcher(ctx.request().path()).find()) {
      ctx.fail(new HttpException(400, "\".\" and \"..\" cannot be names"));
    } else {
      ctx.next();
    }
  }
}
