package io.loble.upstream;

import io.loble.config.BackendConfig;
import io.loble.config.Ejection;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.model.Backend;
import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.Observation;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import io.loble.model.Snapshot;
import io.loble.upstream.health.BackendHealth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes snapshots of what is configured. */
public final class Snapshots {

  private Snapshots() {}

  /** Of a configuration of whose backends nothing is known yet: all are in rotation. */
  public static Snapshot initial(LobleConfig config) {
    Map<String, Pool> pools = new LinkedHashMap<>();
    for (PoolConfig pool : config.pools().values()) {
      List<Backend> backends = pool.backends().stream().map(Snapshots::unknown).toList();
      pools.put(pool.name(), pool(pool, backends, new PoolStats()));
    }
    return new Snapshot(1, pools);
  }

  static Pool pool(PoolConfig config, List<Backend> backends, PoolStats stats) {
    return new Pool(
        config.name(),
        config.rules(),
        observation(config),
        config.tcp(),
        backends,
        stats,
        config.outbound());
  }

  private static Observation observation(PoolConfig config) {
    Ejection ejection = config.resilience().ejection();
    return new Observation(
        !config.health().active().enabled(),
        ejection.earlyCloseTime(),
        ejection.enabled() && ejection.slow() > 0);
  }

  static Backend backend(
      BackendConfig config, BackendMode mode, BackendState state, BackendStats stats) {
    return new Backend(
            config.name(),
            config.address(),
            config.weight(),
            config.maxConnections(),
            mode,
            state,
            stats)
        .withEffectiveWeight(EffectiveWeight.of(config.weight(), mode));
  }

  private static Backend unknown(BackendConfig config) {
    BackendState state = BackendHealth.INITIAL.stateIn(config.mode());
    return backend(config, config.mode(), state, new BackendStats());
  }
}
