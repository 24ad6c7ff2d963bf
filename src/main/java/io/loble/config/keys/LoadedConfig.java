package io.loble.config.keys;

import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * What was loaded from the sources of a configuration.
 *
 * @param config the whole of it
 * @param poolDefaults a pool without name and backends, with what {@code [balancer]}, {@code
 *     [health]} and {@code [tcp]} say: what a pool that is added later begins with
 * @param warnings what is probably a mistake about the files that it names
 */
public record LoadedConfig(LobleConfig config, PoolConfig poolDefaults, List<String> warnings) {

  public LoadedConfig {
    warnings = List.copyOf(warnings);
  }

  /** One of which nothing is known but what it says. */
  LoadedConfig(LobleConfig config, PoolConfig poolDefaults) {
    this(config, poolDefaults, List.of());
  }

  /** A configuration of which no more is known: pools begin with the built-in defaults. */
  public static LoadedConfig of(LobleConfig config) {
    return new LoadedConfig(config, PoolKeys.POOL.defaults());
  }

  /** The same with what a look at its files has found. */
  public LoadedConfig withWarnings(List<String> found) {
    return new LoadedConfig(config, poolDefaults, found);
  }

  /** Whether another says the same, whatever its files have in them. */
  public boolean isSameAs(LoadedConfig other) {
    return config.equals(other.config) && poolDefaults.equals(other.poolDefaults);
  }

  /** All that is probably a mistake, a sentence for each, which begins with the key. */
  public List<String> allWarnings() {
    List<String> all = new ArrayList<>(ConfigWarnings.of(config));
    all.addAll(warnings);
    return all;
  }
}
