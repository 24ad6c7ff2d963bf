package io.loble.proxy;

import io.loble.model.Histogram;
import io.loble.net.DeadlineWheel;
import io.loble.net.LoopLag;

/** The ticks of one event loop, on which it is called. */
final class LoopClock {

  private static final long TICK_NANOS = DeadlineWheel.TICK_MILLIS * 1_000_000;

  /** A timer that is late by more has been held up. */
  private static final long MOST_TICKS_AT_ONCE = 2;

  private final LoopLag lag = new LoopLag(TICK_NANOS);
  private final long startNanos = System.nanoTime();
  private long missedTicks;

  /**
   * The tick that it is now. Time in which the event loop stood still does not count: what began
   * just after it would be taken for old.
   *
   * @param last the tick that this returned last
   */
  long tick(long last) {
    long nanos = System.nanoTime();
    lag.ticked(nanos);
    long tick = (nanos - startNanos) / TICK_NANOS - missedTicks;
    long standstill = tick - last - MOST_TICKS_AT_ONCE;
    if (standstill > 0) {
      missedTicks += standstill;
      tick -= standstill;
    }
    return tick;
  }

  /** How late the event loop was at the last tick. */
  long lagNanos() {
    return lag.lastNanos();
  }

  /** How late the event loop was; may be read from any thread. */
  Histogram lagSeconds() {
    return lag.seconds();
  }
}
