package io.loble.access;

import java.util.Arrays;

/**
 * Where ranges of addresses start, in ascending order; each ends where the next one starts. The
 * first starts at the lowest address, so that every address is in one. Immutable.
 */
final class RangeStarts {

  private static final long[] ALL_ZERO = {};

  private final long[] highs;

  /** Empty when all are 0, as they are for IPv4. */
  private final long[] lows;

  /**
   * @param highs the first 64 bits of each start; not to be changed any more
   * @param lows the last 64 bits
   */
  RangeStarts(long[] highs, long[] lows) {
    this.highs = highs;
    this.lows = Arrays.stream(lows).allMatch(low -> low == 0) ? ALL_ZERO : lows;
  }

  int size() {
    return highs.length;
  }

  long high(int range) {
    return highs[range];
  }

  long low(int range) {
    return lows.length == 0 ? 0 : lows[range];
  }

  /**
   * The range in which an address is. The search looks ahead in steps that double, so that it takes
   * time by how far the range is, not by how many there are (J. Bentley, A. Yao: An Almost Optimal
   * Algorithm for Unbounded Searching, Information Processing Letters 5, 1976).
   *
   * @param from this range, or one behind it, has the address
   */
  int rangeOf(long high, long low, int from) {
    int range = from;
    int step = 1;
    while (step < highs.length - range && isAtMost(range + step, high, low)) {
      range += step;
      step <<= 1;
    }
    while (step > 1) {
      step >>>= 1;
      if (step < highs.length - range && isAtMost(range + step, high, low)) {
        range += step;
      }
    }
    return range;
  }

  /** Whether a range starts at an address or before it. */
  private boolean isAtMost(int range, long high, long low) {
    long start = highs[range];
    return start == high
        ? Long.compareUnsigned(low(range), low) <= 0
        : Long.compareUnsigned(start, high) < 0;
  }

  long bytes() {
    return (long) (highs.length + lows.length) * Long.BYTES;
  }
}
