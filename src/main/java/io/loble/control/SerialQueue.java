package io.loble.control;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Supplier;

/** Runs actions one after another, in the order in which they are submitted. */
final class SerialQueue {

  private final Vertx vertx;
  private Future<?> last = Future.succeededFuture();

  SerialQueue(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Runs an action when all that were submitted before have finished, well or badly. May be called
   * from any thread; the future completes on the caller's context, and fails with what the action
   * throws.
   */
  <T> Future<T> submit(Supplier<Future<T>> action) {
    Promise<T> done = ((ContextInternal) vertx.getOrCreateContext()).promise();
    enqueue(action).onComplete(done);
    return done.future();
  }

  private synchronized <T> Future<T> enqueue(Supplier<Future<T>> action) {
    Future<T> next = last.transform(before -> action.get());
    last = next;
    return next;
  }
}
