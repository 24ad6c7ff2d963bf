package io.loble.access;

import io.loble.model.Rate;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds how often something happens, over all cores: no more than {@code burst + t * rate} times
 * in any time t, exactly (see {@link Gcra}). Begins with a whole burst.
 *
 * <p>May be used from any thread; does not lock: one compare-and-set for each time.
 */
public final class RateBucket {

  private final Gcra gcra;
  private final AtomicLong arrivalNanos;

  /**
   * @param rate {@link Rate#NONE} for no bound
   * @param burst how many times at once: 1 or more
   * @param nowNanos the time, as that of {@link System#nanoTime}
   */
  public RateBucket(Rate rate, int burst, long nowNanos) {
    gcra = Gcra.of(rate, burst);
    arrivalNanos = new AtomicLong(nowNanos);
  }

  /** With {@linkplain Rate#defaultBurst one second's worth} at once. */
  public RateBucket(Rate rate, long nowNanos) {
    this(rate, rate.defaultBurst(), nowNanos);
  }

  /** Takes one of the times; false when it is too early for one. */
  public boolean tryTake(long nowNanos) {
    long arrival = arrivalNanos.get();
    while (gcra.conforms(arrival, nowNanos)) {
      long found = arrivalNanos.compareAndExchange(arrival, gcra.after(arrival, nowNanos));
      if (found == arrival) {
        return true;
      }
      arrival = found;
    }
    return false;
  }

  /** How long it takes, in nanoseconds, until one may be taken; 0 when one may be taken now. */
  public long waitNanos(long nowNanos) {
    return gcra.waitNanos(arrivalNanos.get(), nowNanos);
  }
}
