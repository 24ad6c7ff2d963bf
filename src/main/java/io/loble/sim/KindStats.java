package io.loble.sim;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** The counters of one kind of client. May be used from any thread; none waits for another. */
final class KindStats {

  private static final int SIGNIFICANT_DIGITS = 3;

  private final LongAdder started = new LongAdder();
  private final Map<Outcome, LongAdder> ended = new EnumMap<>(Outcome.class);
  private final ConcurrentHistogram latencyMicros = new ConcurrentHistogram(SIGNIFICANT_DIGITS);

  KindStats() {
    for (Outcome outcome : Outcome.values()) {
      ended.put(outcome, new LongAdder());
    }
  }

  void started() {
    started.increment();
  }

  void ended(Outcome outcome) {
    counter(outcome).increment();
  }

  void answered(long nanos) {
    latencyMicros.recordValue(nanos / 1_000);
  }

  /** A copy of the latencies, in microseconds. */
  Histogram latencies() {
    return latencyMicros.copy();
  }

  Map<Outcome, Long> endedByOutcome() {
    Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    ended.forEach((outcome, counter) -> counts.put(outcome, counter.sum()));
    return counts;
  }

  long startedTotal() {
    return started.sum();
  }

  private LongAdder counter(Outcome outcome) {
    LongAdder counter = ended.get(outcome);
    if (counter == null) {
      throw new IllegalStateException("no counter for " + outcome);
    }
    return counter;
  }
}
