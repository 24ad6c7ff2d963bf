package io.loble.model;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What has happened in each of the last seconds, over all cores. Each second has a slot that holds
 * its number and its count in one word, so that whoever comes first in a second begins it without a
 * lock. A thread that comes later than the window is long counts nothing.
 */
final class SecondCounts {

  private static final int SLOTS = 16;
  private static final long COUNT = 0xffff_ffffL;

  private final int window;
  private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

  /**
   * @param window how many seconds count as recent, the current one included; less than 16
   */
  SecondCounts(int window) {
    this.window = window;
  }

  /** The second that a moment lies in; they are counted modulo 2^32. */
  static int second(long nanos) {
    return (int) Math.floorDiv(nanos, TimeUnit.SECONDS.toNanos(1));
  }

  void add(int second) {
    while (!addTo(second, slot(second))) {
      Thread.onSpinWait();
    }
  }

  /** What is in the slot of a second, for {@link #addTo}. */
  long slot(int second) {
    return slots.get(second & (SLOTS - 1));
  }

  /**
   * Counts one more in a second.
   *
   * @param seen what {@link #slot} was
   * @return false when another thread has counted meanwhile
   */
  boolean addTo(int second, long seen) {
    int held = (int) (seen >>> 32);
    if (held - second > 0 && (seen & COUNT) > 0) {
      return true;
    }
    long next = held == second ? seen + 1 : ((long) second << 32) + 1;
    return slots.compareAndSet(second & (SLOTS - 1), seen, next);
  }

  /** How many there were in the window that ends with a second. */
  long recent(int second) {
    long sum = 0;
    for (int i = 0; i < SLOTS; i++) {
      long slot = slots.get(i);
      int age = second - (int) (slot >>> 32);
      if (age >= 0 && age < window) {
        sum += slot & COUNT;
      }
    }
    return sum;
  }
}
