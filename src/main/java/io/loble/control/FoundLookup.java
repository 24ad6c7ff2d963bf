package io.loble.control;

import io.loble.config.ConfigException;
import io.loble.config.Discovery;
import io.loble.config.FoundSettings;
import io.loble.config.PoolConfig;
import io.loble.config.keys.ConfigParts;
import io.loble.model.Backend;
import io.loble.model.BackendMode;
import io.loble.model.Pool;
import io.loble.model.Source;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The backends that pools have found by themselves, as commands mean them. */
record FoundLookup(RunningBalancer balancer) {

  private static final String STATE = "state";

  /** Whether a pool has found that backend, and no configuration names it. */
  boolean isFound(PoolConfig pool, String name) {
    return pool.backends().stream().noneMatch(backend -> backend.name().equals(name))
        && (pool.discovery().backends().containsKey(name) || source(pool.name(), name) != null);
  }

  /**
   * Refuses what can be done only to a backend that the configuration names.
   *
   * @throws CommandException where a source names it
   */
  void refuse(String pool, String name) {
    Source source = source(pool, name);
    if (source != null) {
      throw CommandException.conflict(
          ("backend %s of pool %s was found by %s, which would find it again; give it the state drain"
                  + " or maintenance, or take it away there")
              .formatted(name, pool, source.label()));
    }
  }

  /** What finds that backend; null where nothing does. */
  private @Nullable Source source(String pool, String name) {
    Pool there = balancer.snapshot().pool(pool);
    return there == null
        ? null
        : there.backends().stream()
            .filter(backend -> backend.name().equals(name))
            .filter(backend -> backend.mode() != BackendMode.LEAVING)
            .map(Backend::source)
            .filter(source -> source != Source.CONFIGURATION)
            .findFirst()
            .orElse(null);
  }

  /**
   * What a pool has set of what it finds, when other things are set of one backend. To be ready is
   * to be as its source has it: one that ends there must not get clients since it was drained once.
   */
  static Discovery changed(PoolConfig pool, String name, JsonObject changes) {
    Discovery discovery = pool.discovery();
    FoundSettings before = discovery.backends().getOrDefault(name, FoundSettings.NONE);
    Map<String, FoundSettings> all = new LinkedHashMap<>(discovery.backends());
    FoundSettings after = read(before, withoutReady(changes));
    if (after.equals(FoundSettings.NONE)) {
      all.remove(name);
    } else {
      all.put(name, after);
    }
    return discovery.withBackends(all);
  }

  private static JsonObject withoutReady(JsonObject changes) {
    return BackendMode.READY.label().equals(changes.getValue(STATE))
        ? changes.copy().putNull(STATE)
        : changes;
  }

  private static FoundSettings read(FoundSettings before, JsonObject changes) {
    try {
      return ConfigParts.found(before, changes);
    } catch (ConfigException e) {
      throw CommandException.arguments(e);
    }
  }
}
