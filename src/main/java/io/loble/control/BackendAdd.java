package io.loble.control;

import io.loble.config.BackendConfig;
import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.config.keys.ConfigParts;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Adds a backend to a pool. */
record BackendAdd(ConfigManager manager, StatusView view, Lookup lookup) implements Command {

  @Override
  public String name() {
    return "backend.add";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    String pool = lookup.poolName(arguments);
    BackendConfig backend = backend(arguments.without("pool"));
    return manager
        .change(caller, name(), current -> edit(current, pool, backend))
        .map(done -> view.backend(pool, backend.name()));
  }

  private static BackendConfig backend(JsonObject json) {
    try {
      return ConfigParts.backend(json);
    } catch (ConfigException e) {
      throw CommandException.arguments(e);
    }
  }

  private static Edit edit(LobleConfig current, String poolName, BackendConfig added) {
    PoolConfig pool = Lookup.pool(current, poolName);
    for (BackendConfig other : pool.backends()) {
      if (other.name().equals(added.name()) || other.address().equals(added.address())) {
        throw CommandException.conflict(
            "pool \"%s\" already has the backend \"%s\" at %s"
                .formatted(poolName, other.name(), other.address()));
      }
    }
    List<BackendConfig> backends = new ArrayList<>(pool.backends());
    backends.add(added);
    return Edit.of(
        current.withPool(pool.withBackends(backends)), Subjects.backend(poolName, added.name()));
  }
}
