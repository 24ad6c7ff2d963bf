package io.loble.proxy;

import io.loble.model.Pool;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Where requests are balanced, and not connections: only there are they shown. */
public final class RequestUse {

  private final Set<String> pools;

  private RequestUse(Set<String> pools) {
    this.pools = pools;
  }

  /** As these listeners have it. */
  public static RequestUse of(List<ListenerRegistry.Entry> listeners) {
    return new RequestUse(
        listeners.stream()
            .filter(RequestUse::isBalanced)
            .flatMap(listener -> listener.config().pools().stream())
            .collect(Collectors.toSet()));
  }

  /** Whether those of a listener are. */
  public static boolean isBalanced(ListenerRegistry.Entry listener) {
    return listener.config().http().on();
  }

  /** Whether a listener leads requests to the pool, or one has. */
  public boolean isBalanced(Pool pool) {
    return pools.contains(pool.name()) || pool.stats().requests().isUsed();
  }
}
