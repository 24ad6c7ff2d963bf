package io.loble.admin;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes large answers one after another. What such an answer is made of takes several times its
 * size in memory, and is not counted before the answer is there; many clients that ask at once must
 * not have it made for each of them at once. Used on one event loop.
 */
final class OneAtATime {

  /** One that takes longer no longer holds up the others. */
  private static final long MOST_SECONDS = 10;

  private Future<Void> last = Future.succeededFuture();

  /**
   * Makes an answer when those before are made, unless its client is gone by then.
   *
   * @param answer completes when the answer is handed to the client, or has failed
   */
  void make(RoutingContext ctx, Supplier<Future<?>> answer) {
    last =
        last.transform(
            before -> ctx.response().closed() ? Future.succeededFuture() : begin(ctx, answer));
  }

  private static Future<Void> begin(RoutingContext ctx, Supplier<Future<?>> answer) {
    try {
      return answer.get().<Void>mapEmpty().timeout(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (RuntimeException e) {
      ctx.fail(e);
      return Future.succeededFuture();
    }
  }
}
