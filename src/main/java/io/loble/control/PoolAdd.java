package io.loble.control;

import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.config.keys.ConfigParts;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Adds a pool, for listeners that are added after it. */
record PoolAdd(ConfigManager manager, StatusView view) implements Command {

  @Override
  public String name() {
    return "pool.add";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    String name = arguments.text("name");
    JsonObject settings = arguments.without("name");
    PoolConfig pool = pool(manager.poolDefaults().named(name), settings);
    return manager
        .change(caller, name(), current -> edit(current, pool))
        .map(done -> view.pool(pool.name()));
  }

  private static PoolConfig pool(PoolConfig defaults, JsonObject settings) {
    try {
      return ConfigParts.pool(defaults, settings);
    } catch (ConfigException e) {
      throw CommandException.arguments(e);
    }
  }

  private static Edit edit(LobleConfig current, PoolConfig pool) {
    if (current.pools().containsKey(pool.name())) {
      throw CommandException.conflict("pool \"" + pool.name() + "\" already exists");
    }
    return Edit.of(current.withPool(pool), Subjects.pool(pool.name()));
  }
}
