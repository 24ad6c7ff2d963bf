package io.loble.upstream.discovery;

import java.time.Duration;

/**
 * When something is asked again.
 *
 * @param least at the soonest
 * @param most at the latest
 */
record RefreshTimes(Duration least, Duration most) {

  /**
   * By how much, at most, times after failures differ, so that many who fail do not ask at once.
   */
  private static final double JITTER = 0.2;

  /** How long an answer is used. */
  Duration afterAnswer(Duration ttl) {
    return max(least, min(most, ttl));
  }

  /**
   * How long to wait after a failure: twice as long as after the one before.
   *
   * @param failures in a row, 1 or more
   * @param random 0 to 1
   */
  Duration afterFailure(int failures, double random) {
    double doubled = least.toNanos() * Math.pow(2, failures - 1.0);
    double bounded = Math.min((double) most.toNanos(), doubled) * (1 - JITTER * random);
    return max(least, Duration.ofNanos((long) bounded));
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
