package io.loble.balancer;

import io.loble.model.Backend;
import io.loble.model.ByteRate;
import java.util.List;

/**
 * How many bytes a second a backend relays, for its weight. A connection that it was just given has
 * relayed little yet: it counts as one of the average until the rate has had the time to show it,
 * so that not all new ones go to the same backend. Belongs to one thread.
 */
final class BandwidthLoad implements LoadSignal {

  private static final long INTERVAL_NANOS = 100_000_000;

  /** As much as a connection counts in an idle pool, in bytes a second. */
  private static final double LEAST = 1;

  private final List<Backend> backends;
  private double perConnection = LEAST;
  private long averagedAt;
  private boolean averaged;

  /**
   * @param backends those of the pool that are in rotation
   */
  BandwidthLoad(List<Backend> backends) {
    this.backends = backends;
  }

  @Override
  public double of(Backend backend, long nowNanos) {
    average(nowNanos);
    ByteRate rate = backend.stats().byteRate();
    double shown = rate.perSecond(nowNanos);
    double unshown = Math.max(0, backend.stats().admission().active() - rate.connections());
    return (shown + unshown * perConnection) / backend.effectiveWeight();
  }

  private void average(long nowNanos) {
    if (averaged && nowNanos - averagedAt < INTERVAL_NANOS) {
      return;
    }
    averaged = true;
    averagedAt = nowNanos;
    double shown = 0;
    double connections = 0;
    for (Backend backend : backends) {
      shown += backend.stats().byteRate().perSecond(nowNanos);
      connections += backend.stats().byteRate().connections();
    }
    perConnection = Math.max(LEAST, shown / Math.max(1, connections));
  }
}
