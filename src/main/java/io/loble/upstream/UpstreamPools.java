package io.loble.upstream;

import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.model.Pool;
import io.loble.model.Snapshot;
import io.loble.upstream.health.BackendMonitor;
import io.loble.upstream.health.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All pools, those that were removed included until their last backend is forgotten. */
final class UpstreamPools {

  private final UpstreamPool.Owner owner;
  private final Clock clock;
  private final Map<String, UpstreamPool> pools = new LinkedHashMap<>();

  UpstreamPools(UpstreamPool.Owner owner, Clock clock) {
    this.owner = owner;
    this.clock = clock;
  }

  /**
   * Takes over a configuration. A backend that keeps its pool, name and address keeps its health
   * and its counters; a pool that keeps its name keeps its own.
   *
   * @param known the snapshot in force, whose counters are used further
   * @param awaited whether the process is not ready before what pools find by themselves is known
   */
  void configure(LobleConfig config, @Nullable Snapshot known, boolean awaited) {
    Map<String, UpstreamPool> before = new LinkedHashMap<>(pools);
    pools.clear();
    for (PoolConfig pool : config.pools().values()) {
      UpstreamPool same = before.remove(pool.name());
      UpstreamPool current = same == null ? create(pool, known) : same;
      current.configure(pool, awaited);
      pools.put(pool.name(), current);
    }
    before.values().forEach(UpstreamPool::remove);
    pools.putAll(before);
    pools.values().removeIf(UpstreamPool::isGone);
  }

  private UpstreamPool create(PoolConfig pool, @Nullable Snapshot known) {
    return new UpstreamPool(pool, known == null ? null : known.pool(pool.name()), owner, clock);
  }

  /** Takes over what the sources of all pools have found. */
  void takeFound() {
    pools.values().forEach(UpstreamPool::takeFound);
  }

  /** Whether the pool of a backend can do without it. */
  boolean mayEject(BackendMonitor backend) {
    UpstreamPool pool = pools.get(backend.poolName());
    return pool != null && pool.mayEject(backend);
  }

  void stop() {
    pools.values().forEach(UpstreamPool::stop);
  }

  /** All backends, those that are leaving included. */
  Stream<BackendMonitor> all() {
    return pools.values().stream().flatMap(UpstreamPool::all);
  }

  /** The backends of that name in a pool: one at most that is present, and any that are leaving. */
  List<BackendMonitor> named(String pool, String name) {
    UpstreamPool found = pools.get(pool);
    return found == null
        ? List.of()
        : found.all().filter(backend -> backend.name().equals(name)).toList();
  }

  /** The backend of that name and address; null when it has left. */
  @Nullable BackendMonitor find(String pool, String name, String address) {
    UpstreamPool found = pools.get(pool);
    return found == null ? null : found.find(name, address);
  }

  /** Forgets backends that were leaving, and pools of which nothing is left. */
  void forget(List<BackendMonitor> gone) {
    for (BackendMonitor backend : gone) {
      UpstreamPool pool = pools.get(backend.poolName());
      if (pool != null) {
        pool.forget(backend);
      }
    }
    pools.values().removeIf(UpstreamPool::isGone);
  }

  /** The pools as proxies are to see them. */
  Map<String, Pool> snapshot() {
    Map<String, Pool> result = new LinkedHashMap<>();
    pools.forEach((name, pool) -> result.put(name, pool.snapshot()));
    return result;
  }
}
