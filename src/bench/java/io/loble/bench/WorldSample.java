package io.loble.bench;

import java.util.List;

/**
 * What clients met in one round, through one chooser.
 *
 * @param p50Millis how long half of them waited at most
 * @param p99Millis how long all but one in a hundred waited at most
 * @param failed which part of them got no answer
 * @param shares which part of them each backend got
 */
record WorldSample(double p50Millis, double p99Millis, double failed, List<Double> shares) {

  static WorldSample of(ArrivingClients.Outcome outcome, int clients, List<Double> shares) {
    return new WorldSample(
        outcome.millis(50),
        outcome.millis(99),
        (double) outcome.failed() / Math.max(1, clients),
        List.copyOf(shares));
  }

  @Override
  public String toString() {
    return "p50 %.1f ms, p99 %.1f ms, failed %.2f %%, shares %s"
        .formatted(
            p50Millis, p99Millis, 100 * failed, shares.stream().map("%.2f"::formatted).toList());
  }
}
