package io.loble.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** One thing that can be asked of or done to a running balancer. */
public interface Command {

  /** What callers name it by, such as {@code backend.add}. */
  String name();

  /**
   * Runs it. May be called from any thread; must not block.
   *
   * @param arguments the fields of the request; never changed
   * @return the answer, or a {@link CommandException} when the command was refused; any other
   *     failure is a defect
   */
  Future<JsonObject> run(JsonObject arguments);
}
