package io.loble.balancer;

import io.loble.model.Backend;
import io.loble.model.Pool;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Chooses among the backends of one pool that are in rotation.
 *
 * <p>A balancer belongs to one event loop. What must be exact over all cores (whose turn it is, how
 * many connections a backend has) it reads from the stats that they share.
 */
public interface Balancer {

  /**
   * The backends in the order in which they should be tried for this client: each of those in
   * rotation once. The first is the choice; the others are for when it cannot be had. Only the
   * backends that are asked for are worked out.
   */
  Iterator<Backend> candidates(InetAddress client);

  /**
   * What {@link #candidates} would say now, if it were asked for this client. Uses up nobody's turn
   * and draws no chance; comes from the same code as the choice.
   */
  Forecast forecast(InetAddress client);

  /**
   * The balancer of a pool's algorithm over the backends that are in rotation now.
   *
   * @param random what random choices are drawn from; used on the caller's thread only
   */
  static Balancer of(Pool pool, RandomGenerator random) {
    List<Backend> backends = pool.inRotation();
    return switch (pool.algorithm()) {
      case ROUND_ROBIN -> new RoundRobin(backends, pool.stats());
      case LEAST_CONNECTIONS -> new LeastConnections(backends, pool.stats());
      case RANDOM -> new WeightedRandom(backends, random);
      case SOURCE_HASH -> new SourceHash(backends);
    };
  }
}
