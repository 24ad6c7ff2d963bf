package io.loble.net;

import io.loble.model.Histogram;

/**
 * How late an event loop is with what it has to do: by how much it misses the times of a timer of
 * fixed rate. A loop that is late once is late for each of the times that it missed.
 */
public final class LoopLag {

  private final Histogram seconds =
      new Histogram(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10);
  private final long periodNanos;
  private long dueNanos;
  private long lastNanos;
  private boolean begun;

  public LoopLag(long periodNanos) {
    this.periodNanos = periodNanos;
  }

  /** The timer has fired. Called on the event loop. */
  public void ticked(long nowNanos) {
    dueNanos += periodNanos;
    if (!begun || nowNanos - dueNanos < 0) {
      // The times are known no better than by the one that was met best.
      begun = true;
      dueNanos = nowNanos;
    }
    lastNanos = nowNanos - dueNanos;
    seconds.recordNanos(lastNanos);
  }

  /** How late the timer was the last time. Called on the event loop. */
  public long lastNanos() {
    return lastNanos;
  }

  /** May be read from any thread. */
  public Histogram seconds() {
    return seconds;
  }
}
