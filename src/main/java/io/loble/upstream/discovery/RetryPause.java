package io.loble.upstream.discovery;

import java.util.random.RandomGenerator;

/**
 * How long to wait before a server that has failed is asked again: each time twice as long, up to a
 * bound, give or take a quarter, so that many processes do not come at the same time.
 */
final class RetryPause {

  private final long firstMillis;
  private final long longestMillis;
  private final RandomGenerator random;
  private long nextMillis;

  RetryPause(long firstMillis, long longestMillis, RandomGenerator random) {
    this.firstMillis = firstMillis;
    this.longestMillis = longestMillis;
    this.random = random;
    this.nextMillis = firstMillis;
  }

  /** It works: the next pause is the first one again. */
  void reset() {
    nextMillis = firstMillis;
  }

  /** At least 1 ms, and never longer than the bound. */
  long next() {
    long millis = nextMillis;
    nextMillis = Math.min(longestMillis, 2 * millis);
    long quarter = Math.max(1, millis / 4);
    return Math.max(
        1, Math.min(longestMillis, millis - quarter + random.nextLong(2 * quarter + 1)));
  }
}
