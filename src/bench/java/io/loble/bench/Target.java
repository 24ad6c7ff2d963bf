package io.loble.bench;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a figure should be.
 *
 * @param peer whose figure Loble's is compared with; Loble's name for a figure of its own
 * @param atLeast whether more is better
 * @param must what it has to reach
 * @param aim what it should reach
 */
record Target(String row, Metric metric, String peer, boolean atLeast, double must, double aim) {

  /** For two cores, JDK 17 and no flags. */
  static final List<Target> ALL =
      List.of(
          ratioAtLeast("keepalive", Metric.REQUESTS, 1.05, 1.15),
          ratioAtLeast("close", Metric.CONNECTIONS, 0.85, 1.05),
          ratioAtMost("bulk-1MiB", Metric.CPU_GIGABYTE, 0.90, 0.75),
          ratioAtMost("bulk-1GiB", Metric.CPU_GIGABYTE, 0.90, 0.75),
          ratioAtMost("bulk-upload", Metric.CPU_GIGABYTE, 0.90, 0.75),
          ratioAtMost("bulk-download", Metric.CPU_GIGABYTE, 0.90, 0.75),
          ratioAtLeast("bulk-1MiB", Metric.THROUGHPUT, 1.00, 1.10),
          ratioAtLeast("bulk-1GiB", Metric.THROUGHPUT, 1.00, 1.10),
          ratioAtLeast("bulk-upload", Metric.THROUGHPUT, 1.00, 1.10),
          ratioAtLeast("bulk-download", Metric.THROUGHPUT, 1.00, 1.10),
          ratioAtLeast("http-keepalive", Metric.REQUESTS, 0.70, 1.00),
          ratioAtMost("http-keepalive", Metric.CPU_MILLION_REQUESTS, 1.43, 1.00),
          ratioAtLeast("http-1MiB", Metric.THROUGHPUT, 0.70, 1.00),
          ratioAtMost("latency", Metric.P99, 1.15, 1.00),
          ratioAtMost("latency", Metric.P999, 2.0, 1.2),
          ownAtMost("idle", Metric.LIVE_GROWTH, 6, 3),
          ownAtMost("idle", Metric.RESIDENT, 200, 120),
          ownAtMost("start", Metric.START, 900, 350));

  private static Target ratioAtLeast(String row, Metric metric, double must, double aim) {
    return new Target(row, metric, peerOf(row), true, must, aim);
  }

  private static Target ratioAtMost(String row, Metric metric, double must, double aim) {
    return new Target(row, metric, peerOf(row), false, must, aim);
  }

  private static Target ownAtMost(String row, Metric metric, double must, double aim) {
    return new Target(row, metric, LoblePeer.NAME, false, must, aim);
  }

  /** For bulk, HAProxy's manual recommends splicing. */
  private static String peerOf(String row) {
    return row.startsWith("bulk") ? HaproxyPeer.SPLICING : HaproxyPeer.NAME;
  }

  /** Whether it is about a ratio to another's figure. */
  boolean isRatio() {
    return !peer.equals(LoblePeer.NAME);
  }

  OptionalDouble measured(Result result) {
    return isRatio()
        ? result.ratio(LoblePeer.NAME, peer, metric)
        : result.median(LoblePeer.NAME, metric);
  }

  String verdict(double measured) {
    return reaches(measured, aim)
        ? "met, and the aim"
        : reaches(measured, must) ? "met" : "**not met**";
  }

  private boolean reaches(double measured, double wanted) {
    return atLeast ? measured >= wanted : measured <= wanted;
  }
}
