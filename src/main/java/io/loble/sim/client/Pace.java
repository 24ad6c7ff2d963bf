package io.loble.sim.client;

import java.time.Duration;

/**
 * When things are due: the first at once, the others evenly spread, except that at first the rate
 * grows linearly from 0 to its full height. A pure function of the time since the start.
 *
 * @param perSecond the full rate, above 0
 * @param rampUp how long the rate grows; zero for the full rate from the start
 */
record Pace(double perSecond, Duration rampUp) {

  private static final double SECOND = 1e9;

  /** How many are due up to that time; the inverse of {@link #dueNanos}. */
  long due(long elapsedNanos) {
    long due = 1 + (long) integral((double) elapsedNanos);
    // Rounding may be one off at the very instant that one is due.
    while (dueNanos(due) <= elapsedNanos) {
      due++;
    }
    while (due > 1 && dueNanos(due - 1) > elapsedNanos) {
      due--;
    }
    return due;
  }

  /**
   * When one is due, since the start.
   *
   * @param index from 0
   */
  long dueNanos(long index) {
    double ramp = (double) rampUp.toNanos();
    double inRamp = perSecond * ramp / SECOND / 2;
    double due =
        index < inRamp
            ? Math.sqrt(2 * ramp * SECOND * index / perSecond)
            : index * SECOND / perSecond + ramp / 2;
    return (long) Math.ceil(due);
  }

  /** How long until that one is due, at least 1 ms. */
  long millisUntil(long index, long elapsedNanos) {
    return Math.max(1, (dueNanos(index) - elapsedNanos + 999_999) / 1_000_000);
  }

  /** The rate summed up over the time so far. */
  private double integral(double elapsedNanos) {
    double ramp = (double) rampUp.toNanos();
    double units =
        elapsedNanos < ramp ? elapsedNanos * elapsedNanos / (2 * ramp) : elapsedNanos - ramp / 2;
    return units * perSecond / SECOND;
  }
}
