package io.loble.model;

import java.time.Duration;

/**
 * What happens when a backend cannot be connected to.
 *
 * @param most how many further attempts a connection has, 0 to 16
 * @param backoff the pause before the first of them, before jitter; it doubles with each, to a
 *     second; zero for none
 * @param budget retries are at most this share of the pool's recent connections, 0 to 1, or 3 a
 *     second where that is more
 */
public record Retrying(int most, Duration backoff, double budget) {

  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  /** Where the configuration says how many only. */
  public static Retrying upTo(int most) {
    return new Retrying(most, Duration.ZERO, 0.2);
  }

  /**
   * The longest that the pause before a retry may be, in milliseconds, from 0 on. The pause itself
   * is drawn evenly up to that: "full jitter" in Marc Brooker, "Exponential Backoff And Jitter",
   * AWS Architecture Blog, 2015, which sends the fewest connects of all that he compares.
   *
   * @param before how many retries the connection has had, 0 to 16
   */
  public long longestPauseMillis(int before) {
    return Math.min(LONGEST_PAUSE_MILLIS, backoff.toMillis() << before);
  }
}
