package io.loble.proxy;

import io.loble.balancer.Balancer;
import io.loble.model.Backend;
import io.loble.model.Pool;
import java.net.InetAddress;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How one event loop gets from a listener to a backend, under one snapshot. Immutable but for what
 * the balancer needs.
 */
final class Route {

  private final Pool pool;
  private final Balancer balancer;
  private final List<Backend> onTrial;

  Route(Pool pool, RandomGenerator random) {
    this.pool = pool;
    this.balancer = Balancer.of(pool, random);
    this.onTrial =
        pool.trials()
            ? pool.backends().stream()
                .filter(b -> !b.state().inRotation() && b.weight() > 0)
                .toList()
            : List.of();
  }

  Pool pool() {
    return pool;
  }

  /** The backends to try for a client, in order. */
  Selection select(InetAddress client) {
    return new Selection(takeTrial(), balancer.candidates(client));
  }

  /**
   * What {@link #select} would come to for a client now; takes nothing.
   *
   * @param limited whether the process takes no more connections
   */
  Explanation explain(InetAddress client, boolean limited) {
    Backend trial =
        onTrial.stream()
            .filter(backend -> backend.stats().trial().isGranted())
            .findFirst()
            .orElse(null);
    return Explanation.of(pool, trial, balancer.forecast(client), limited);
  }

  private @Nullable Backend takeTrial() {
    for (Backend backend : onTrial) {
      if (backend.stats().trial().take()) {
        return backend;
      }
    }
    return null;
  }
}
