package io.loble.control;

import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.config.keys.ConfigParts;
import io.loble.model.Algorithm;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Switches how a pool chooses among its backends; no connection is touched. */
record PoolAlgorithm(ConfigManager manager, StatusView view, Lookup lookup) implements Command {

  @Override
  public String name() {
    return "pool.algorithm";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    arguments.allowOnly("pool", "algorithm");
    String pool = lookup.poolName(arguments);
    Algorithm algorithm = algorithm(arguments.text("algorithm"));
    return manager
        .change(caller, name(), current -> edit(current, pool, algorithm))
        .map(done -> view.pool(pool));
  }

  private static Edit edit(LobleConfig current, String name, Algorithm algorithm) {
    PoolConfig pool = Lookup.pool(current, name);
    return Edit.of(current.withPool(pool.withAlgorithm(algorithm)), Subjects.algorithm(name));
  }

  private static Algorithm algorithm(String name) {
    try {
      return ConfigParts.algorithm(name);
    } catch (ConfigException e) {
      throw CommandException.arguments(e);
    }
  }
}
