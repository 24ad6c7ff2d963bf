package io.loble.config.keys;

import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;

/**
 * What was loaded from the sources of a configuration.
 *
 * @param config the whole of it
 * @param poolDefaults a pool without name and backends, with what {@code [balancer]}, {@code
 *     [health]} and {@code [tcp]} say: what a pool that is added later begins with
 */
public record LoadedConfig(LobleConfig config, PoolConfig poolDefaults) {

  /** A configuration of which no more is known: pools begin with the built-in defaults. */
  public static LoadedConfig of(LobleConfig config) {
    return new LoadedConfig(config, PoolKeys.POOL.defaults());
  }
}
