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
    Limits limits,
    AdminConfig admin,
    MetricsConfig metrics,
    LoggingConfig logging) {

  public LobleConfig {
    listeners = List.copyOf(listeners);
    pools = Collections.unmodifiableMap(new LinkedHashMap<>(pools));
  }
}
