package io.loble.upstream;

import io.loble.model.BackendMode;

/**
 * That those of a backend's connections are closed which have not ended by themselves in time.
 *
 * @param mode what was wanted of the backend when that was ordered; holds no longer than that
 * @param nextNanos when to see to it, by {@link System#nanoTime}, that none is left: some began
 *     while the order was on its way
 */
record Closing(BackendMode mode, long nextNanos) {

  private static final long AGAIN_NANOS = 1_000_000_000;

  static Closing within(BackendMode mode, long millis, long nowNanos) {
    return new Closing(mode, nowNanos + millis * 1_000_000 + AGAIN_NANOS);
  }

  boolean isOverdue(long nowNanos) {
    return nowNanos - nextNanos >= 0;
  }

  Closing lookedAt(long nowNanos) {
    return new Closing(mode, nowNanos + AGAIN_NANOS);
  }
}
