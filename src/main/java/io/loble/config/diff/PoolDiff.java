package io.loble.config.diff;

import io.loble.config.BackendConfig;
import io.loble.config.PoolConfig;
import io.loble.config.keys.PoolKeys;
import io.loble.config.read.SettingChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What differs between two configurations of one pool.
 *
 * @param pool its name
 * @param settings everything but its backends
 * @param backends its backends
 */
public record PoolDiff(
    String pool, List<SettingChange> settings, ItemChanges<BackendConfig> backends) {

  public PoolDiff {
    settings = List.copyOf(settings);
  }

  /** The change of the balancing algorithm, if there is one. */
  public Optional<SettingChange> algorithm() {
    return settings.stream().filter(s -> s.key().equals("algorithm")).findFirst();
  }

  /** Whether the configurations are equal. */
  public boolean isEmpty() {
    return settings.isEmpty() && backends.isEmpty();
  }

  static PoolDiff between(PoolConfig before, PoolConfig after) {
    List<SettingChange> settings = new ArrayList<>();
    PoolKeys.POOL.compare("", before, after, settings);
    return new PoolDiff(
        after.name(),
        settings,
        ItemChanges.between(before.backends(), after.backends(), BackendConfig::name));
  }

  PoolConfig apply(PoolConfig config) {
    return SettingChanges.apply(settings, PoolKeys.POOL, config)
        .named(config.name())
        .withBackends(backends.apply(config.backends(), BackendConfig::name));
  }
}
