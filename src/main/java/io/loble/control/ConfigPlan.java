package io.loble.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Says what a file, a reload or a rollback would change, and changes nothing. */
record ConfigPlan(ConfigManager manager) implements Command {

  @Override
  public String name() {
    return "config.plan";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    arguments.allowOnly("toml", "reload", "reset", "version");
    Optional<Long> version = arguments.number("version", 1, Long.MAX_VALUE);
    if (version.isPresent()) {
      return manager.planRollback(version.get());
    }
    return arguments.flag("reload")
        ? manager.planReload(arguments.flag("reset"))
        : manager.plan(arguments.text("toml"));
  }
}
