package io.loble.health;

import io.loble.config.BackendConfig;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.model.Backend;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import io.loble.model.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;

/** The snapshot of a configuration of which nothing is known yet: every backend is in rotation. */
public final class InitialSnapshot {

  private InitialSnapshot() {}

  public static Snapshot of(LobleConfig config) {
    Map<String, Pool> pools = new LinkedHashMap<>();
    config.pools().values().forEach(pool -> pools.put(pool.name(), pool(pool)));
    return new Snapshot(1, pools);
  }

  private static Pool pool(PoolConfig config) {
    return new Pool(
        config.name(),
        config.algorithm(),
        config.retries(),
        !config.health().active().enabled(),
        config.backends().stream().map(InitialSnapshot::backend).toList(),
        new PoolStats());
  }

  private static Backend backend(BackendConfig config) {
    return new Backend(
        config.name(),
        config.address(),
        config.weight(),
        config.maxConnections(),
        BackendState.HEALTHY,
        new BackendStats());
  }
}
