package io.loble.model;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes a backend relays a second, in both directions, of late: what was a second ago
 * counts a third. It is measured when it is asked for, at most once in 100 ms, so that nothing has
 * to be done for a byte.
 *
 * <p>Every method may be called from any thread; none locks or allocates.
 */
public final class ByteRate {

  private static final long INTERVAL_NANOS = 100_000_000;
  private static final double DECAY_NANOS = 1e9;

  private final BackendCounters counters;
  private final Admission admission;
  private final AtomicLong measuredAt;
  private volatile long bytes;
  private volatile double perSecond;
  private volatile double connections;

  /**
   * @param nowNanos as {@link System#nanoTime} has it
   */
  ByteRate(BackendCounters counters, Admission admission, long nowNanos) {
    this.counters = counters;
    this.admission = admission;
    this.measuredAt = new AtomicLong(nowNanos);
  }

  /** The rate in bytes a second, 0 or more. */
  public double perSecond(long nowNanos) {
    long last = measuredAt.get();
    if (nowNanos - last >= INTERVAL_NANOS && measuredAt.compareAndSet(last, nowNanos)) {
      measure(nowNanos - last);
    }
    return perSecond;
  }

  /** How many connections have made the rate that was told last: a mean over the same time. */
  public double connections() {
    return connections;
  }

  /** Who has moved the time measures alone: the next one can be no sooner than in 100 ms. */
  private void measure(long nanos) {
    long now = counters.bytesToBackend() + counters.bytesToClient();
    double kept = Math.exp(-nanos / DECAY_NANOS);
    double since = (now - bytes) * 1e9 / nanos;
    bytes = now;
    perSecond = perSecond * kept + since * (1 - kept);
    connections = connections * kept + admission.active() * (1 - kept);
  }
}
