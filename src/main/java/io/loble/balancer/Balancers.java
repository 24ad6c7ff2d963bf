package io.loble.balancer;

import io.loble.model.Backend;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import io.loble.model.Turns;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Makes balancers. */
public final class Balancers {

  /** Up to so many are all asked how loaded they are; of more, two. */
  private static final int MOST_ASKED = 16;

  private Balancers() {}

  /**
   * The balancer of a pool's algorithm over the backends that are in rotation now.
   *
   * @param random what random choices are drawn from; used on the caller's thread only
   * @param clock as {@link System#nanoTime}
   */
  public static Balancer of(Pool pool, RandomGenerator random, LongSupplier clock) {
    List<Backend> backends = pool.inRotation();
    if (backends.isEmpty()) {
      return new NoBackends();
    }
    return switch (pool.algorithm()) {
      case ROUND_ROBIN, ADAPTIVE -> new RoundRobin(backends, turns(backends, pool.stats()));
      case LEAST_CONNECTIONS -> new LeastConnections(backends, turns(backends, pool.stats()));
      case RANDOM -> new WeightedRandom(backends, random);
      case SOURCE_HASH -> new SourceHash(backends);
      case MAGLEV -> new Maglev(backends, table(backends, pool.stats()));
      case P2C -> new TwoChoices(backends, random, LoadSignal.ACTIVE_PER_WEIGHT, () -> 0);
      case PEAK_EWMA -> lessLoaded(pool, backends, new AnswerLoad(), random, clock);
      case LEAST_BANDWIDTH ->
          lessLoaded(pool, backends, new BandwidthLoad(backends), random, clock);
    };
  }

  private static Balancer lessLoaded(
      Pool pool,
      List<Backend> backends,
      LoadSignal load,
      RandomGenerator random,
      LongSupplier clock) {
    return backends.size() <= MOST_ASKED
        ? new LeastLoaded(backends, turns(backends, pool.stats()), load, clock)
        : new TwoChoices(backends, random, load, clock);
  }

  /** The table that all cores use while these backends have these weights. */
  private static MaglevTable table(List<Backend> backends, PoolStats stats) {
    return stats.derived(Sharers.of(backends), MaglevTable.class, () -> MaglevTable.of(backends));
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
