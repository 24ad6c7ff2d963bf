package io.loble.control;

import io.loble.config.BackendConfig;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.control.ConfigChannel.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * In which order verticles take a configuration over. Pools and backends that are new are known
 * before a listener uses them, and those that are gone leave when all listeners are as they should
 * be: so no client is turned away on the way, and nothing was removed yet when a listener cannot be
 * opened.
 *
 * @param stages each begins when all verticles have finished the one before it
 */
record Rollout(List<Stage> stages) {

  /** All verticles of a role take this over. */
  record Stage(Role role, ConfigChange change) {}

  static Rollout of(LobleConfig before, ConfigChange change) {
    LobleConfig after = change.config();
    Map<String, PoolConfig> both = new LinkedHashMap<>(after.pools());
    before.pools().forEach((name, pool) -> both.merge(name, pool, Rollout::withThoseOf));
    boolean removes = !both.equals(after.pools());
    List<Stage> stages = new ArrayList<>();
    if (removes) {
      stages.add(new Stage(Role.HEALTH, change.of(after.withPools(both))));
      stages.add(new Stage(Role.PROXY, change));
      stages.add(new Stage(Role.HEALTH, change));
    } else {
      stages.add(new Stage(Role.HEALTH, change));
      stages.add(new Stage(Role.PROXY, change));
    }
    return new Rollout(List.copyOf(stages));
  }

  /** A pool as it is to be, in which nothing that was there is missing. */
  private static PoolConfig withThoseOf(PoolConfig after, PoolConfig before) {
    Map<String, BackendConfig> backends = new LinkedHashMap<>();
    after.backends().forEach(backend -> backends.put(backend.name(), backend));
    for (BackendConfig backend : before.backends()) {
      // One that has moved leaves its old address.
      backends.merge(
          backend.name(), backend, (now, was) -> now.address().equals(was.address()) ? now : was);
    }
    return after.withBackends(List.copyOf(backends.values()));
  }
}
