package io.loble.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ToLongFunction;

/** The glances of the last seconds, and how fast counters grew meanwhile. */
final class Trend {

  private static final long WINDOW_NANOS = 3_000_000_000L;

  private final Deque<Glance> glances = new ArrayDeque<>();

  /** Adds the newest, and forgets what is too old to be of interest. */
  void add(Glance glance) {
    glances.addLast(glance);
    while (glances.size() > 2 && glance.nanos() - glances.getFirst().nanos() > WINDOW_NANOS) {
      glances.removeFirst();
    }
  }

  /** The newest; there must be one. */
  Glance now() {
    return glances.getLast();
  }

  /** By how much a counter has grown since the oldest. */
  long growth(ToLongFunction<Glance> counter) {
    return counter.applyAsLong(now()) - counter.applyAsLong(glances.getFirst());
  }

  /** The same a second; 0 as long as there is only one glance. */
  double perSecond(ToLongFunction<Glance> counter) {
    long nanos = now().nanos() - glances.getFirst().nanos();
    return nanos <= 0 ? 0 : growth(counter) * 1e9 / nanos;
  }
}
