package io.loble.upstream;

import io.loble.model.BackendMode;

/**
 * The connections of a backend are being drained: those that do not end by themselves in time are
 * closed.
 *
 * @param mode the backend's mode when the drain began; with another mode it ends
 * @param nextNanos when to check, by {@link System#nanoTime}, that no connection is left: some may
 *     have begun while the order was on its way
 * @param idleChecks how many checks in a row have found the backend without a connection
 */
record Drain(BackendMode mode, long nextNanos, int idleChecks) {

  private static final long AGAIN_NANOS = 1_000_000_000;

  /** One check is not enough: a connection may have been on its way to the backend. */
  private static final int ENOUGH_IDLE_CHECKS = 2;

  static Drain within(BackendMode mode, long millis, long nowNanos) {
    return new Drain(mode, nowNanos + millis * 1_000_000 + AGAIN_NANOS, 0);
  }

  /** Connections may last as long as they like. */
  static Drain unlimited(BackendMode mode, long nowNanos) {
    return new Drain(mode, nowNanos + Long.MAX_VALUE, 0);
  }

  boolean isOverdue(long nowNanos) {
    return nowNanos - nextNanos >= 0;
  }

  /** The connections that are left were closed again. */
  Drain repeated(long nowNanos) {
    return new Drain(mode, nowNanos + AGAIN_NANOS, idleChecks);
  }

  /** A check found so many connections. */
  Drain checked(int active) {
    return new Drain(mode, nextNanos, active == 0 ? idleChecks + 1 : 0);
  }

  /** Whether a backend that is leaving has no connection left. */
  boolean isFinished() {
    return mode == BackendMode.LEAVING && idleChecks >= ENOUGH_IDLE_CHECKS;
  }
}
