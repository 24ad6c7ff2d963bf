package io.loble.history;

import java.util.function.LongSupplier;

/**
 * The time by which history is kept, in milliseconds. It begins as the time of day and then goes on
 * by the monotonic clock, so that setting the time of day neither stretches nor folds what is kept.
 *
 * <p>Where the time of day jumps ahead, as it does when the machine was suspended, this clock jumps
 * with it: there is a gap as long as the jump. Where it jumps back, this clock goes on, and only
 * {@link #toEpoch} follows. May be used from any thread.
 */
final class SlotClock {

  /** Less is taken for the two clocks being read one after the other, or slowly drifting apart. */
  private static final long JUMP_MILLIS = 2_000;

  private static final long NANOS = 1_000_000;

  private final LongSupplier nanos;
  private final LongSupplier timeOfDay;
  private final long beginNanos;
  private long beginMillis;
  private long setBack;

  /**
   * @param nanos monotonic, as {@link System#nanoTime}
   * @param timeOfDay as {@link System#currentTimeMillis}
   */
  SlotClock(LongSupplier nanos, LongSupplier timeOfDay) {
    this.nanos = nanos;
    this.timeOfDay = timeOfDay;
    this.beginNanos = nanos.getAsLong();
    this.beginMillis = timeOfDay.getAsLong();
  }

  /** The clocks of this machine. */
  static SlotClock system() {
    return new SlotClock(System::nanoTime, System::currentTimeMillis);
  }

  /** Looks at both clocks, and tells the time. */
  synchronized long now() {
    long now = monotonic();
    long ahead = timeOfDay.getAsLong() - toEpoch(now);
    if (ahead > JUMP_MILLIS) {
      beginMillis += ahead;
    } else if (ahead < -JUMP_MILLIS) {
      setBack -= ahead;
    }
    return monotonic();
  }

  /** What the time of day was at a time of this clock, as today's setting has it. */
  synchronized long toEpoch(long millis) {
    return millis - setBack;
  }

  /** The inverse of {@link #toEpoch}. */
  synchronized long fromEpoch(long epochMillis) {
    return epochMillis + setBack;
  }

  private long monotonic() {
    return beginMillis + (nanos.getAsLong() - beginNanos) / NANOS;
  }
}
