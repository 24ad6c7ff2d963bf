package io.loble.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole configuration, complete and valid: every default is filled in, every listener's pool
 * exists, and no name or listening address stands twice.
 *
 * @param id what this process calls itself
 * @param listeners in the order of the configuration
 * @param pools by name, in the order of the configuration
 */
public record LobleConfig(
    String id,
    List<ListenerConfig> listeners,
    Map<String, PoolConfig> pools,
    Timeouts timeouts,
    ShutdownConfig shutdown,
    Limits limits,
    AdminConfig admin,
    MetricsConfig metrics,
    LoggingConfig logging) {

  public LobleConfig {
    listeners = List.copyOf(listeners);
    pools = Collections.unmodifiableMap(new LinkedHashMap<>(pools));
  }

  /** This configuration with other listeners. */
  public LobleConfig withListeners(List<ListenerConfig> others) {
    return new LobleConfig(id, others, pools, timeouts, shutdown, limits, admin, metrics, logging);
  }

  /** This configuration with other pools. */
  public LobleConfig withPools(Map<String, PoolConfig> others) {
    return new LobleConfig(
        id, listeners, others, timeouts, shutdown, limits, admin, metrics, logging);
  }

  /** This configuration with a pool added, or replaced where it stands. */
  public LobleConfig withPool(PoolConfig pool) {
    Map<String, PoolConfig> changed = new LinkedHashMap<>(pools);
    changed.put(pool.name(), pool);
    return withPools(changed);
  }
}
