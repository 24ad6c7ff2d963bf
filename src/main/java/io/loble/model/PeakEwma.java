package io.loble.model;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A mean of times in which what was long ago counts less and less, and a time above it counts at
 * once: a backend that becomes slow is avoided with its first slow answer, and trusted again
 * slowly. That of Finagle's {@code PeakEwma} balancer (Twitter, 2015), where an answer counts a
 * third after ten seconds.
 *
 * <p>Every method may be called from any thread; none locks or allocates.
 */
public final class PeakEwma {

  /** A tick is 16.8 ms, so that 31 bits of them last for a year. */
  private static final int TICK_BITS = 24;

  private static final double DECAY_NANOS = 10e9;

  /** The mean as the bits of a float, and the tick at which it was that. */
  private final AtomicLong state = new AtomicLong();

  /** Adds a time. */
  public void record(long nanos, long nowNanos) {
    int now = tick(nowNanos);
    while (true) {
      long seen = state.get();
      double kept = kept(seen, now);
      double left = mean(seen) * kept;
      double next = nanos > left ? nanos : left + nanos * (1 - kept);
      if (state.compareAndSet(seen, pack((float) next, now))) {
        return;
      }
    }
  }

  /**
   * The mean now, in nanoseconds; it falls while nothing is added. 0 when nothing was added yet.
   *
   * @param nowNanos as {@link System#nanoTime} has it
   */
  public double at(long nowNanos) {
    long seen = state.get();
    double mean = mean(seen);
    return mean == 0 ? 0 : mean * kept(seen, tick(nowNanos));
  }

  /** The mean as it was when a time was last added. */
  double last() {
    return mean(state.get());
  }

  private static int tick(long nanos) {
    return (int) (nanos >> TICK_BITS);
  }

  private static long pack(float mean, int tick) {
    return (long) Float.floatToRawIntBits(mean) << Integer.SIZE | (tick & 0xffff_ffffL);
  }

  private static double mean(long state) {
    return Float.intBitsToFloat((int) (state >>> Integer.SIZE));
  }

  private static double kept(long state, int now) {
    return kept((long) (now - (int) state) << TICK_BITS);
  }

  /** The part of a mean that is left after so long. */
  static double kept(long nanos) {
    return nanos <= 0 ? 1 : Math.exp(-nanos / DECAY_NANOS);
  }
}
