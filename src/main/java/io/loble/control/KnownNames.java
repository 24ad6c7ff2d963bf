package io.loble.control;

import io.loble.config.read.Hosts;
import io.loble.model.Backend;
import io.loble.model.Pool;
import io.loble.proxy.ListenerRegistry;
import io.loble.proxy.LiveConnections;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Distinguishes a name without connections from a name that does not exist. Not asked where
 * connections were found: those of a listener or backend that was removed may still be there.
 */
final class KnownNames {

  private final RunningBalancer balancer;

  KnownNames(RunningBalancer balancer) {
    this.balancer = balancer;
  }

  /**
   * Looks at all that a query names.
   *
   * @throws CommandException that says {@link Reason#NOT_FOUND} for the first that there is not
   */
  void check(LiveConnections.Query query) {
    Collection<Pool> pools = balancer.snapshot().pools().values();
    check(
        "listener",
        query.listener(),
        balancer.listeners().stream().map(ListenerRegistry.Entry::name).toList());
    check("pool", query.pool(), pools.stream().map(Pool::name).toList());
    check(
        "backend",
        query.backend(),
        pools.stream()
            .flatMap(pool -> pool.backends().stream())
            .map(Backend::name)
            .distinct()
            .toList());
  }

  /** The name of a backend that is given by any form of its address. */
  String backendName(String given) {
    String canonical = Hosts.canonical(given);
    return !hasBackend(given) && hasBackend(canonical) ? canonical : given;
  }

  private boolean hasBackend(String name) {
    return balancer.snapshot().pools().values().stream()
        .flatMap(pool -> pool.backends().stream())
        .anyMatch(backend -> backend.name().equals(name));
  }

  private static void check(String what, Optional<String> name, List<String> known) {
    if (name.isPresent() && !known.contains(name.get())) {
      throw CommandException.unknown(what, name.get(), known);
    }
  }
}
