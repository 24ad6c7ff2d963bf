package io.loble.sim;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Calls back once nothing has happened for a while. To be used on one event loop.
 *
 * <p>Activity only notes the time; the one timer looks at it when it fires, so that a busy
 * connection costs nothing.
 */
final class IdleWatch {

  private final Vertx vertx;
  private final long limitNanos;
  private final BooleanSupplier busy;
  private final Runnable idle;
  private long lastActive = System.nanoTime();
  private long timer = -1;

  /**
   * @param limit zero for never
   * @param busy asked when the time is over; while it says yes, silence is no idleness
   */
  IdleWatch(Vertx vertx, Duration limit, BooleanSupplier busy, Runnable idle) {
    this.vertx = vertx;
    this.limitNanos = limit.toNanos();
    this.busy = busy;
    this.idle = idle;
    if (limitNanos > 0) {
      arm(limitNanos);
    }
  }

  void touch() {
    lastActive = System.nanoTime();
  }

  void cancel() {
    vertx.cancelTimer(timer);
  }

  private void arm(long nanos) {
    timer = vertx.setTimer(1 + nanos / 1_000_000, id -> look());
  }

  private void look() {
    if (busy.getAsBoolean()) {
      touch();
    }
    long left = limitNanos - (System.nanoTime() - lastActive);
    if (left > 0) {
      arm(left);
    } else {
      idle.run();
    }
  }
}
