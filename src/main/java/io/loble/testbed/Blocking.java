package io.loble.testbed;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for futures, for callers who live outside the event loops. */
final class Blocking {

  /** Nothing here takes that long unless it will never be done. */
  private static final int PATIENCE_SECONDS = 60;

  private Blocking() {}

  /**
   * The result.
   *
   * @throws RuntimeException what the future fails with, or around it where it is a checked one
   */
  static <T> T result(Future<T> future) {
    try {
      return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("not done after " + PATIENCE_SECONDS + " s", e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // Whatever the future fails with comes out of it, declared or not.
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Lets time pass. */
  static void pause(Duration time) {
    new CompletableFuture<Void>()
        .completeOnTimeout(null, time.toNanos(), TimeUnit.NANOSECONDS)
        .join();
  }
}
