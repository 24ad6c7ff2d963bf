package io.loble.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Goes back to an earlier version of the configuration. */
record ConfigRollback(ConfigManager manager) implements Command {

  @Override
  public String name() {
    return "config.rollback";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    arguments.allowOnly("version");
    return manager.rollback(caller, arguments.number("version", 1, Long.MAX_VALUE).orElse(null));
  }
}
