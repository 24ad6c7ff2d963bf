package io.loble.context;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.Objects;

/** Brings results that several event loops wait for to each of them. */
public final class SharedFuture {

  private SharedFuture() {}

  /** Completes as the other one does, on the context that this is called on. */
  public static <T> Future<T> here(Vertx vertx, Future<T> shared) {
    if (shared.isComplete()) {
      return shared.succeeded()
          ? Future.succeededFuture(shared.result())
          : Future.failedFuture(Objects.requireNonNull(shared.cause()));
    }
    Promise<T> here = ((ContextInternal) vertx.getOrCreateContext()).promise();
    shared.onComplete(here);
    return here.future();
  }
}
