package io.loble.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Says what a file would change, and changes nothing. */
record ConfigPlan(Steering steering) implements Command {

  @Override
  public String name() {
    return "config.plan";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    arguments.allowOnly("toml");
    return steering.plan(arguments.text("toml"));
  }
}
