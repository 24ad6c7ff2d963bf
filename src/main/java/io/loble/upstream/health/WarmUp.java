package io.loble.upstream.health;

import java.time.Duration;

/**
 * The slow start of one backend: its share grows from a tenth to all of it, in a straight line, in
 * steps that are small enough not to be seen. Immutable.
 *
 * @param startNanos when it began
 * @param nanos how long it takes; 0 when the backend has all of its share
 */
record WarmUp(long startNanos, long nanos) {

  static final WarmUp OVER = new WarmUp(0, 0);

  private static final double LEAST = 0.1;
  private static final int STEPS = 45;
  private static final long SHORTEST_STEP = 50_000_000;

  /** Begins now. */
  static WarmUp begin(long now, Duration time) {
    return time.isZero() ? OVER : new WarmUp(now, time.toNanos());
  }

  /** Whether it goes on. */
  boolean isOn() {
    return nanos > 0;
  }

  /** What it is at some time: the same, or {@link #OVER}. */
  WarmUp at(long now) {
    return isOn() && now - startNanos >= nanos ? OVER : this;
  }

  /** The part of its weight that the backend has, 0.1 to 1. */
  double share(long now) {
    if (!isOn()) {
      return 1;
    }
    double gone = Math.min(1, Math.max(0, (double) (now - startNanos) / nanos));
    return LEAST + (1 - LEAST) * gone;
  }

  /** How long until its share is to be looked at again. */
  long stepMillis(long now) {
    long left = startNanos + nanos - now;
    long step = Math.max(SHORTEST_STEP, nanos / STEPS);
    return Math.max(1, (Math.min(left, step) + 999_999) / 1_000_000);
  }
}
