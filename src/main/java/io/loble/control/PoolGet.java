package io.loble.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Shows a pool. */
record PoolGet(StatusView view) implements Command {

  @Override
  public String name() {
    return "pool.get";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    arguments.allowOnly("pool");
    return Future.succeededFuture(view.pool(arguments.text("pool")));
  }
}
