package io.loble;

import io.vertx.core.Closeable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.function.Supplier;

/** Runs an action when a Vert.x instance is closed, before its verticles are undeployed. */
final class CloseHook {

  private final VertxInternal vertx;
  private final Closeable hook;

  private CloseHook(VertxInternal vertx, Closeable hook) {
    this.vertx = vertx;
    this.hook = hook;
  }

  /**
   * Adds one.
   *
   * @param action undeploying begins when its future completes
   */
  static CloseHook add(Vertx vertx, Supplier<Future<Void>> action) {
    CloseHook added = new CloseHook((VertxInternal) vertx, done -> action.get().onComplete(done));
    added.vertx.addCloseHook(added.hook);
    return added;
  }

  void remove() {
    vertx.removeCloseHook(hook);
  }
}
