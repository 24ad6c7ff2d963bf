package io.loble.sim.client;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * Tells how a run goes: one line for the time since the line before. Not safe for use by several
 * threads, but it may be any thread.
 */
public final class ClientProgress {

  private final ClientStats stats;
  private long lastMillis;
  private long lastStarted;
  private Histogram lastLatencies;

  ClientProgress(ClientStats stats) {
    this.stats = stats;
    this.lastMillis = stats.elapsedMillis();
    this.lastStarted = stats.report().total().started();
    this.lastLatencies = stats.latencies();
  }

  /**
   * The next line. Totals count since the start of the run; what is in brackets, and the latencies
   * in milliseconds, since the line before.
   */
  public String next() {
    long millis = stats.elapsedMillis();
    KindReport total = stats.report().total();
    Histogram latencies = stats.latencies();
    Histogram interval = latencies.copy();
    interval.subtract(lastLatencies);
    double seconds = Math.max(1, millis - lastMillis) / 1e3;
    String line =
        String.format(
            Locale.ROOT,
            "%.1f s  active %d  started %d (%.0f/s)  answers %d (%.0f/s)  failed %d  wrong %d"
                + "  p50 %.1f ms  p99 %.1f ms",
            millis / 1e3,
            total.active(),
            total.started(),
            (total.started() - lastStarted) / seconds,
            latencies.getTotalCount(),
            interval.getTotalCount() / seconds,
            total.failed(),
            total.wrongAnswers(),
            Latency.of(interval).p50(),
            Latency.of(interval).p99());
    lastMillis = millis;
    lastStarted = total.started();
    lastLatencies = latencies;
    return line;
  }
}
