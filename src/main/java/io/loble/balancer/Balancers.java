package io.loble.balancer;

import io.loble.model.Backend;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import io.loble.model.Turns;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes balancers. */
public final class Balancers {

  private Balancers() {}

  /**
   * The balancer of a pool's algorithm over the backends that are in rotation now.
   *
   * @param random what random choices are drawn from; used on the caller's thread only
   */
  public static Balancer of(Pool pool, RandomGenerator random) {
    List<Backend> backends = pool.inRotation();
    if (backends.isEmpty()) {
      return new NoBackends();
    }
    return switch (pool.algorithm()) {
      case ROUND_ROBIN -> new RoundRobin(backends, turns(backends, pool.stats()));
      case LEAST_CONNECTIONS ->
          new LeastLoaded(backends, turns(backends, pool.stats()), LoadSignal.ACTIVE_PER_WEIGHT);
      case RANDOM -> new WeightedRandom(backends, random);
      case SOURCE_HASH -> new SourceHash(backends);
    };
  }

  /** The turns that all cores take while these backends have these weights. */
  static Turns turns(List<Backend> backends, PoolStats stats) {
    Sharers sharers = Sharers.of(backends);
    return stats.turns(sharers, last -> SmoothOrder.of(sharers, last));
  }

  private static final class NoBackends implements Balancer {

    @Override
    public Iterator<Backend> candidates(ClientKey client) {
      return Collections.emptyIterator();
    }

    @Override
    public Forecast forecast(ClientKey client) {
      return new Forecast(List.of());
    }
  }
}
