package io.loble.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Answers with the whole status; takes no argument. */
final class StatusCommand implements Command {

  private final StatusView view;

  StatusCommand(StatusView view) {
    this.view = view;
  }

  @Override
  public String name() {
    return "status";
  }

  @Override
  public Future<JsonObject> run(JsonObject arguments) {
    return Future.succeededFuture(view.status());
  }
}
