package io.loble.access;

/** Times of {@link System#nanoTime} may be any number, and come after {@code Long.MAX_VALUE}. */
final class TestClock {

  private TestClock() {}

  /** A time after which the numbers begin again from below. */
  static long before(long nanosBeforeTheEnd) {
    return Long.MAX_VALUE - nanosBeforeTheEnd;
  }
}
