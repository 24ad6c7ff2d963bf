package io.loble.sim.server;

/** Spreads bytes evenly over time, in slices of what 20 ms allow, or of one byte. */
final class Throttle {

  private static final long SECOND = 1_000_000_000;
  private static final long SLICES_PER_SECOND = 50;

  /** A timer may be late by that much and the rate still hold. */
  private static final long LAG_NANOS = 20_000_000;

  private long perSecond;
  private long dueNanos;

  /**
   * How many bytes may go now.
   *
   * @param wanted how many there are, at least 1
   * @param bytesPerSecond the rate; 0 for no bound
   * @param nowNanos a time of {@link System#nanoTime()}
   * @return 0 when it is too early, see {@link #nanosLeft}
   */
  int take(int wanted, long bytesPerSecond, long nowNanos) {
    if (bytesPerSecond != perSecond) {
      perSecond = bytesPerSecond;
      dueNanos = nowNanos;
    }
    if (perSecond == 0) {
      return wanted;
    }
    if (nowNanos - dueNanos < 0) {
      return 0;
    }
    long slice = Math.min(wanted, Math.max(1, perSecond / SLICES_PER_SECOND));
    long start = nowNanos - dueNanos > LAG_NANOS ? nowNanos - LAG_NANOS : dueNanos;
    dueNanos = start + Math.max(1, slice * SECOND / perSecond);
    return (int) slice;
  }

  /** How long until more may go; 0 or less for now. */
  long nanosLeft(long nowNanos) {
    return dueNanos - nowNanos;
  }
}
