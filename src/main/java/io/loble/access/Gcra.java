package io.loble.access;

import io.loble.model.Rate;

/**
 * The generic cell rate algorithm, as virtual scheduling (ITU-T I.371, annex A): all that is kept
 * of the past is the time at which the next event would come if events came exactly at the rate,
 * the theoretical arrival time. It behaves like a token bucket that is filled continuously. Within
 * any time t no more than {@code burst + t * rate} events conform.
 *
 * <p>Times are nanoseconds, and are compared by their difference, as those of {@link
 * System#nanoTime} must be. Immutable.
 */
final class Gcra {

  /** Longer than any sensible burst takes, and far from what a difference of times can hold. */
  private static final long LONGEST = Long.MAX_VALUE / 4;

  /** Everything conforms. */
  static final Gcra UNBOUNDED = new Gcra(0, LONGEST);

  private final long intervalNanos;
  private final long toleranceNanos;

  private Gcra(long intervalNanos, long toleranceNanos) {
    this.intervalNanos = intervalNanos;
    this.toleranceNanos = toleranceNanos;
  }

  /**
   * @param rate rounded down, by less than 0.1 %, where its interval is not a whole number of
   *     nanoseconds
   * @param burst how many events may come at once: 1 or more
   */
  static Gcra of(Rate rate, int burst) {
    if (!rate.isBounded()) {
      return UNBOUNDED;
    }
    if (burst < 1) {
      throw new IllegalArgumentException("a burst of " + burst);
    }
    long interval = (rate.periodNanos() + rate.count() - 1) / rate.count();
    return new Gcra(interval, Math.min(burst - 1, LONGEST / interval) * interval);
  }

  /** Whether an event may come now. */
  boolean conforms(long arrivalNanos, long nowNanos) {
    return arrivalNanos - nowNanos <= toleranceNanos;
  }

  /** The theoretical arrival time after an event that conformed. */
  long after(long arrivalNanos, long nowNanos) {
    return latest(arrivalNanos, nowNanos) + intervalNanos;
  }

  /** How long until an event may come; 0 when one may come now. */
  long waitNanos(long arrivalNanos, long nowNanos) {
    return Math.max(0, arrivalNanos - nowNanos - toleranceNanos);
  }

  /** The later of two times. */
  static long latest(long oneNanos, long otherNanos) {
    return oneNanos - otherNanos > 0 ? oneNanos : otherNanos;
  }
}
