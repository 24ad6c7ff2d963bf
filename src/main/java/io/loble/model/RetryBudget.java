package io.loble.model;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many retries a pool has left: of its connections of the last ten seconds, this one included,
 * at most a share may be tried again, or 30 where that is more, which is 3 a second. So a pool that
 * is dead is not sent its clients several times over. The idea is Finagle's {@code RetryBudget},
 * with the same ten seconds.
 *
 * <p>One per pool, for all cores. Every method may be called from any thread and none locks. Within
 * one second the bound is exact; when two cores ask for the last retry on both sides of the turn of
 * a second, both may get it.
 */
public final class RetryBudget {

  /** What counts as recent, in seconds. */
  static final int WINDOW_SECONDS = 10;

  /** So many are allowed in the window however few connections there were. */
  static final int LEAST = 3 * WINDOW_SECONDS;

  private final SecondCounts connections = new SecondCounts(WINDOW_SECONDS);
  private final SecondCounts retries = new SecondCounts(WINDOW_SECONDS);
  private final LongAdder made = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /**
   * A connection of the pool begins.
   *
   * @param nowNanos by {@link System#nanoTime()}
   */
  public void connection(long nowNanos) {
    connections.add(SecondCounts.second(nowNanos));
  }

  /**
   * Takes a retry, if there is one.
   *
   * @param share of recent connections, 0 to 1
   * @param nowNanos by {@link System#nanoTime()}
   */
  public boolean tryRetry(double share, long nowNanos) {
    int second = SecondCounts.second(nowNanos);
    while (true) {
      long seen = retries.slot(second);
      long allowed = Math.max(LEAST, (long) (share * connections.recent(second)));
      if (retries.recent(second) >= allowed) {
        refused.increment();
        return false;
      }
      if (retries.addTo(second, seen)) {
        made.increment();
        return true;
      }
    }
  }

  /** Retries that were allowed so far. */
  public long made() {
    return made.sum();
  }

  /** Retries that were refused so far, since the budget was used up. */
  public long refused() {
    return refused.sum();
  }
}
