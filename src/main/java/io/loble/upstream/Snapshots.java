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
import io.loble.model.Source;
import io.loble.upstream.Shares.Candidate;
import io.loble.upstream.Shares.Share;
import io.loble.upstream.health.BackendMonitor;
import io.loble.upstream.health.Impairment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Makes snapshots of what is configured. */
public final class Snapshots {

  private Snapshots() {}

  /** Of a configuration of whose backends nothing is known yet: all are in rotation. */
  public static Snapshot initial(LobleConfig config) {
    Map<String, Pool> pools = new LinkedHashMap<>();
    for (PoolConfig pool : config.pools().values()) {
      pools.put(pool.name(), pool(pool, unknown(pool), new PoolStats()));
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
        ejection.needsLatency() || config.algorithm().needsLatency());
  }

  static Backend backend(BackendMonitor monitor, Share share, Source source) {
    return backend(monitor.config(), monitor.mode(), monitor.state(), monitor.stats())
        .withShare(share.weight(), share.panic())
        .namedBy(source);
  }

  private static Backend backend(
      BackendConfig config, BackendMode mode, BackendState state, BackendStats stats) {
    return new Backend(
        config.name(),
        config.address(),
        config.weight(),
        config.weight(),
        config.maxConnections(),
        config.priority(),
        mode,
        state,
        false,
        Source.CONFIGURATION,
        stats);
  }

  /** Those of a pool, in their order. */
  private static List<Backend> unknown(PoolConfig pool) {
    List<Candidate> candidates = new ArrayList<>();
    List<Backend> backends = new ArrayList<>();
    for (BackendConfig config : pool.backends()) {
      BackendState state = Impairment.NONE.stateIn(config.mode());
      candidates.add(new Candidate(config.weight(), 1, config.priority(), config.mode(), state));
      backends.add(backend(config, config.mode(), state, new BackendStats()));
    }
    List<Share> shares = Shares.of(candidates, pool.resilience().panicThreshold());
    return IntStream.range(0, backends.size())
        .mapToObj(i -> backends.get(i).withShare(shares.get(i).weight(), shares.get(i).panic()))
        .toList();
  }
}
