package io.loble.sim.client;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** The counters of one kind of client. May be used from any thread; none waits for another. */
final class KindStats {

  static final int SIGNIFICANT_DIGITS = 3;

  private final LongAdder started = new LongAdder();
  private final Map<Outcome, LongAdder> ended = new EnumMap<>(Outcome.class);
  private final LongAdder bytesSent = new LongAdder();
  private final LongAdder bytesReceived = new LongAdder();
  private final ConcurrentHistogram connectMicros = new ConcurrentHistogram(SIGNIFICANT_DIGITS);
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

  /**
   * A connection came about.
   *
   * @param nanos how long that took
   */
  void connected(long nanos) {
    connectMicros.recordValue(nanos / 1_000);
  }

  void sent(int bytes) {
    bytesSent.add(bytes);
  }

  void received(int bytes) {
    bytesReceived.add(bytes);
  }

  /**
   * A right answer is there.
   *
   * @param nanos how long it took
   */
  void answered(long nanos) {
    latencyMicros.recordValue(nanos / 1_000);
  }

  /** A copy of the latencies, in microseconds. */
  Histogram latencies() {
    return latencyMicros.copy();
  }

  /** A copy of the times to connect, in microseconds. */
  Histogram connects() {
    return connectMicros.copy();
  }

  Map<Outcome, Long> endedByOutcome() {
    Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    ended.forEach((outcome, counter) -> counts.put(outcome, counter.sum()));
    return counts;
  }

  long startedTotal() {
    return started.sum();
  }

  long bytesSentTotal() {
    return bytesSent.sum();
  }

  long bytesReceivedTotal() {
    return bytesReceived.sum();
  }

  private LongAdder counter(Outcome outcome) {
    LongAdder counter = ended.get(outcome);
    if (counter == null) {
      throw new IllegalStateException("no counter for " + outcome);
    }
    return counter;
  }
}
