package io.loble.history;

/** The clocks of a machine, as a test sets them. */
final class TestTime {

  /** A whole minute. */
  static final long BEGIN = 1_700_000_040_000L;

  /** Samples are taken a little after each second. */
  static final long MARGIN = 20;

  private long nanos = 77;
  private long timeOfDay = BEGIN + MARGIN;

  SlotClock clock() {
    return new SlotClock(() -> nanos, () -> timeOfDay);
  }

  /** Time goes by. */
  void pass(long millis) {
    nanos += millis * 1_000_000;
    timeOfDay += millis;
  }

  /** The time of day is set, or the machine was suspended: only one of the clocks has noticed. */
  void jump(long millis) {
    timeOfDay += millis;
  }

  long now() {
    return timeOfDay;
  }
}
