package io.loble.config.diff;

import io.loble.config.ListenerConfig;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.config.keys.LobleKeys;
import io.loble.config.read.SettingChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What differs between two configurations.
 *
 * @param settings everything outside listeners and pools
 * @param listeners the listeners
 * @param poolsAdded pools that only the later configuration has
 * @param poolsRemoved pools that only the earlier configuration has
 * @param poolsChanged pools that both have, with different settings or backends
 */
public record ConfigDiff(
    List<SettingChange> settings,
    ItemChanges<ListenerConfig> listeners,
    List<PoolConfig> poolsAdded,
    List<PoolConfig> poolsRemoved,
    List<PoolDiff> poolsChanged) {

  public ConfigDiff {
    settings = List.copyOf(settings);
    poolsAdded = List.copyOf(poolsAdded);
    poolsRemoved = List.copyOf(poolsRemoved);
    poolsChanged = List.copyOf(poolsChanged);
  }

  /** What must change for the first configuration to become the second. */
  public static ConfigDiff between(LobleConfig before, LobleConfig after) {
    List<SettingChange> settings = new ArrayList<>();
    LobleKeys.LOBLE.compare("", before, after, settings);
    return new ConfigDiff(
        settings,
        ItemChanges.between(before.listeners(), after.listeners(), ListenerConfig::name),
        notIn(before.pools(), after.pools()),
        notIn(after.pools(), before.pools()),
        poolsInBoth(before.pools(), after.pools()));
  }

  /** Whether the configurations are equal. */
  public boolean isEmpty() {
    return settings.isEmpty()
        && listeners.isEmpty()
        && poolsAdded.isEmpty()
        && poolsRemoved.isEmpty()
        && poolsChanged.isEmpty();
  }

  /**
   * Makes the changes to a configuration. It need not be the one that they were found on: what was
   * set there meanwhile stays, unless one of the changes is about that very setting, backend,
   * listener or removed pool.
   */
  public LobleConfig apply(LobleConfig config) {
    LobleConfig changed = SettingChanges.apply(settings, LobleKeys.LOBLE, config);
    return new LobleConfig(
        changed.id(),
        listeners.apply(config.listeners(), ListenerConfig::name),
        applyToPools(config.pools()),
        changed.timeouts(),
        changed.shutdown(),
        changed.limits(),
        changed.admin(),
        changed.metrics(),
        changed.logging());
  }

  /** What is to be done, one thing at a time: settings, then listeners, then pools. */
  public List<ConfigStep> steps() {
    return ConfigSteps.of(this);
  }

  /** One line a change, for people. */
  public List<String> lines() {
    return steps().stream().map(ConfigStep::text).toList();
  }

  private Map<String, PoolConfig> applyToPools(Map<String, PoolConfig> pools) {
    Map<String, PoolConfig> result = new LinkedHashMap<>(pools);
    poolsRemoved.forEach(pool -> result.remove(pool.name()));
    poolsChanged.forEach(diff -> result.computeIfPresent(diff.pool(), (n, p) -> diff.apply(p)));
    poolsAdded.forEach(pool -> result.put(pool.name(), pool));
    return result;
  }

  private static List<PoolConfig> notIn(
      Map<String, PoolConfig> some, Map<String, PoolConfig> others) {
    return others.values().stream().filter(pool -> !some.containsKey(pool.name())).toList();
  }

  private static List<PoolDiff> poolsInBoth(
      Map<String, PoolConfig> before, Map<String, PoolConfig> after) {
    List<PoolDiff> diffs = new ArrayList<>();
    after.forEach(
        (name, pool) -> {
          PoolConfig was = before.get(name);
          if (was != null && !was.equals(pool)) {
            diffs.add(PoolDiff.between(was, pool));
          }
        });
    return diffs;
  }
}
