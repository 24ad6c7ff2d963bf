package io.loble.net;

import io.loble.model.Bandwidth;

/**
 * Holds one direction of a connection to a bandwidth, by when and how much is read. Bytes go in
 * portions of {@value #QUANTUM_MILLIS} ms (of more where that would be less than {@value
 * #LEAST_PORTION} bytes). After a pause there is a portion to read; at most two can be saved up, so
 * that a timer that fires late by less than a portion costs nothing. In any time t no more than
 * {@code t * bandwidth} and two portions are moved, if no more is read than was said; what was read
 * beyond that is made up for by a longer pause. Over a long time the bandwidth is met exactly.
 *
 * <p>Belongs to one thread. Does not wait itself: it says for how long reading is to pause. Times
 * are those of {@link System#nanoTime}.
 */
final class Pacer {

  /** How much time a portion stands for. */
  static final int QUANTUM_MILLIS = 25;

  /** The fewest bytes of a portion. */
  static final int LEAST_PORTION = 256;

  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;

  /** With less than this share of a portion, reading pauses, rather than in small pieces. */
  private static final int LEAST_SHARE = 8;

  private final long bytesPerSecond;
  private final long portionNanos;

  /** Up to when the bytes that were moved have used up the time. */
  private long usedNanos;

  /** What is left of the division by which bytes become time. */
  private long remainder;

  /**
   * Begins with one portion to read.
   *
   * @param bandwidth one that {@linkplain Bandwidth#isBounded is bounded}
   */
  Pacer(Bandwidth bandwidth, long nowNanos) {
    if (!bandwidth.isBounded()) {
      throw new IllegalArgumentException("no bound");
    }
    bytesPerSecond = bandwidth.bytesPerSecond();
    long least = (LEAST_PORTION * SECOND + bytesPerSecond - 1) / bytesPerSecond;
    portionNanos = Math.max(QUANTUM_MILLIS * MILLISECOND, least);
    usedNanos = nowNanos - portionNanos;
  }

  /**
   * Bytes were moved.
   *
   * @return for how many nanoseconds reading is to pause; 0: go on, with as many bytes as {@link
   *     #readable} says
   */
  long moved(int bytes, long nowNanos) {
    saveNoMoreThanTwo(nowNanos);
    long cost = bytes * SECOND + remainder;
    usedNanos += cost / bytesPerSecond;
    remainder = cost % bytesPerSecond;
    long saved = nowNanos - usedNanos;
    return saved < portionNanos / LEAST_SHARE ? portionNanos - saved : 0;
  }

  /**
   * How many bytes may be read now: 0 to the whole of two portions, and never 0 after a pause that
   * was as long as said.
   */
  int readable(long nowNanos) {
    saveNoMoreThanTwo(nowNanos);
    long saved = nowNanos - usedNanos;
    if (saved <= 0) {
      return 0;
    }
    long bytes = (long) ((double) saved * bytesPerSecond / SECOND);
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  private void saveNoMoreThanTwo(long nowNanos) {
    long earliest = nowNanos - 2 * portionNanos;
    if (usedNanos - earliest < 0) {
      usedNanos = earliest;
      remainder = 0;
    }
  }
}
