package io.loble.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Shows a listener. */
record ListenerGet(StatusView view) implements Command {

  @Override
  public String name() {
    return "listener.get";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    arguments.allowOnly("name");
    return Future.succeededFuture(view.listener(arguments.text("name")));
  }
}
