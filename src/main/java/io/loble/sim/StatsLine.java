package io.loble.sim;

import java.util.Locale;

/** What a server has done, in a line, with rates since the line before. */
final class StatsLine {

  private static final double SECOND = 1e9;
  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};

  private final String id;
  private final ServerStats stats;
  private long lastNanos;
  private long lastAccepted;
  private long lastRequests;

  StatsLine(String id, ServerStats stats, long nowNanos) {
    this.id = id;
    this.stats = stats;
    this.lastNanos = nowNanos;
  }

  String next(long nowNanos) {
    long accepted = stats.acceptedTotal();
    long requests = stats.requestsTotal();
    double seconds = Math.max(1, nowNanos - lastNanos) / SECOND;
    String line =
        "[%s] active %d, accepted %d (%d/s), dropped %d, requests %d (%d/s), in %s, out %s"
            .formatted(
                id,
                stats.active(),
                accepted,
                Math.round((accepted - lastAccepted) / seconds),
                stats.droppedTotal(),
                requests,
                Math.round((requests - lastRequests) / seconds),
                bytes(stats.bytesReceived()),
                bytes(stats.bytesSent()));
    lastNanos = nowNanos;
    lastAccepted = accepted;
    lastRequests = requests;
    return line;
  }

  /** With a unit in which it is below 1000, and a decimal where that says much. */
  static String bytes(long count) {
    double amount = count;
    int unit = 0;
    while (amount >= 999.5 && unit < UNITS.length - 1) {
      amount /= 1000;
      unit++;
    }
    String form = unit > 0 && amount < 9.95 ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, form, amount, UNITS[unit]);
  }
}
