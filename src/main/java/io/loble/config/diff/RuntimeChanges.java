package io.loble.config.diff;

import io.loble.config.BackendConfig;
import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.config.keys.ConfigJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How a changed file and what was changed at run time come together. */
public final class RuntimeChanges {

  private RuntimeChanges() {}

  /**
   * What is to be in force once the file has changed: what the file changes is as the file says
   * now, and everything else stays as it is.
   *
   * @param before what the file said when it was loaded last
   * @param after what it says now
   * @param inForce what is in force, which may differ from both
   * @throws ConfigException when the two cannot be had together
   */
  public static LobleConfig rebase(LobleConfig before, LobleConfig after, LobleConfig inForce)
      throws ConfigException {
    ConfigDiff diff = ConfigDiff.between(before, after);
    LobleConfig changed = diff.apply(inForce);
    Map<String, PoolConfig> pools = new LinkedHashMap<>(changed.pools());
    // A pool that was removed at run time comes back when the file changes it.
    diff.poolsChanged()
        .forEach(pool -> pools.computeIfAbsent(pool.pool(), name -> poolOf(after, name)));
    after
        .pools()
        .forEach((name, pool) -> pools.computeIfPresent(name, (n, p) -> preferring(pool, p)));
    return ConfigJson.checked(changed.withPools(pools));
  }

  /** Where both have a backend at one address under different names, the file's is meant. */
  private static PoolConfig preferring(PoolConfig file, PoolConfig inForce) {
    Set<String> names =
        file.backends().stream().map(BackendConfig::name).collect(Collectors.toSet());
    Set<?> addresses =
        inForce.backends().stream()
            .filter(backend -> names.contains(backend.name()))
            .map(BackendConfig::address)
            .collect(Collectors.toSet());
    List<BackendConfig> kept =
        inForce.backends().stream()
            .filter(b -> names.contains(b.name()) || !addresses.contains(b.address()))
            .toList();
    return inForce.withBackends(kept);
  }

  private static PoolConfig poolOf(LobleConfig config, String name) {
    PoolConfig pool = config.pools().get(name);
    if (pool == null) {
      throw new IllegalStateException("no pool " + name);
    }
    return pool;
  }
}
