package io.loble.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Reads the file and makes it effective. */
record ConfigReload(ConfigManager manager) implements Command {

  @Override
  public String name() {
    return "config.reload";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    arguments.allowOnly("reset");
    return manager.reload(caller, arguments.flag("reset"));
  }
}
