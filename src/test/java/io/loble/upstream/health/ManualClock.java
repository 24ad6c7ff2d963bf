package io.loble.upstream.health;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** Time that passes when a test says so. */
public final class ManualClock implements Clock {

  private record Due(long nanos, long order, Runnable action) {}

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::order));
  private long now = 1_000_000_000L;
  private long count;

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public Runnable after(long millis, Runnable action) {
    Due added = new Due(now + TimeUnit.MILLISECONDS.toNanos(millis), count++, action);
    due.add(added);
    return () -> due.remove(added);
  }

  /** Lets so much time pass, and does what becomes due, each at its time. */
  public void pass(long millis) {
    long end = now + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!due.isEmpty() && due.peek().nanos() <= end) {
      Due next = due.remove();
      now = next.nanos();
      next.action().run();
    }
    now = end;
  }
}
