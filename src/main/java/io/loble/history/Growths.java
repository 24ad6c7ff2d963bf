package io.loble.history;

import java.util.IdentityHashMap;

/** By how much counters have grown since they were looked at last. */
final class Growths {

  private final IdentityHashMap<Object, Last> known = new IdentityHashMap<>();
  private int round;

  private static final class Last {
    private final long[] values;
    private int round;

    Last(long[] values) {
      this.values = values;
    }
  }

  /** Begins to look at all of them. */
  void begin() {
    round++;
  }

  /**
   * Puts in the place of what counters are how much they have grown. Those that are seen for the
   * first time have not: it is not known since when they have counted.
   *
   * @param owner whose counters they are
   */
  void replace(Object owner, long[] values) {
    Last last = known.computeIfAbsent(owner, key -> new Last(values.clone()));
    last.round = round;
    for (int i = 0; i < values.length; i++) {
      long grown = values[i] - last.values[i];
      last.values[i] = values[i];
      values[i] = Math.max(0, grown);
    }
  }

  /** Forgets what was not looked at. */
  void end() {
    known.values().removeIf(last -> last.round != round);
  }
}
