package io.loble.sim;

/**
 * When clients are due: the first at once, the others evenly spread.
 *
 * @param perSecond above 0
 */
record Pace(double perSecond) {

  private static final double SECOND = 1e9;

  /** How many are due up to that time. */
  long due(long elapsedNanos) {
    return 1 + (long) (elapsedNanos * perSecond / SECOND);
  }

  /** How long until one more than that many are due, at least 1 ms. */
  long millisUntilNext(long started, long elapsedNanos) {
    double wait = started * SECOND / perSecond - elapsedNanos;
    return Math.max(1, (long) Math.ceil(wait / 1_000_000));
  }
}
