package io.loble.sim.server;

import io.loble.terminal.Units;

/** What a server has done, in a line, with rates since the line before. */
final class StatsLine {

  private static final double SECOND = 1e9;

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
                Units.bytes((double) stats.bytesReceived()),
                Units.bytes((double) stats.bytesSent()));
    lastNanos = nowNanos;
    lastAccepted = accepted;
    lastRequests = requests;
    return line;
  }
}
