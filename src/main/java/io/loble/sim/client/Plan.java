package io.loble.sim.client;

/**
 * When a client's next step is due, and so from when on its answer is waited for. In an open loop
 * that is the moment at which the step was due, however late it is really done; in a closed loop it
 * is the moment at which it is done. See {@link Load}.
 */
final class Plan {

  private final boolean open;
  private long dueNanos;

  private Plan(boolean open, long dueNanos) {
    this.open = open;
    this.dueNanos = dueNanos;
  }

  /**
   * Of a client in an open loop.
   *
   * @param dueNanos when it is due to begin
   */
  static Plan open(long dueNanos) {
    return new Plan(true, dueNanos);
  }

  /** Of a client in a closed loop. */
  static Plan closed(long nowNanos) {
    return new Plan(false, nowNanos);
  }

  /** From when on the answer to something done now counts. */
  long since(long nowNanos) {
    return open ? dueNanos : nowNanos;
  }

  /** The next step is due so long after what has happened now. */
  void dueAfterNow(long millis, long nowNanos) {
    dueNanos = nowNanos + millis * 1_000_000;
  }

  /** The next step is due so long after the step before was. */
  void dueAfterLast(long millis, long nowNanos) {
    dueNanos = since(nowNanos) + millis * 1_000_000;
  }

  /** How long until the next step is due, at least 1 ms. */
  long millisLeft(long nowNanos) {
    return Math.max(1, (dueNanos - nowNanos + 999_999) / 1_000_000);
  }
}
