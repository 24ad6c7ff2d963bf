package io.loble.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Shows a backend. */
record BackendGet(StatusView view, Lookup lookup) implements Command {

  @Override
  public String name() {
    return "backend.get";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    arguments.allowOnly("pool", "name", "backend");
    String name = lookup.backendName(arguments);
    return Future.succeededFuture(view.backend(lookup.poolOfBackend(arguments, name), name));
  }
}
