package io.loble.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** One thing that can be asked of or done to a running balancer. */
interface Command {

  /** What callers name it by, such as {@code backend.add}. */
  String name();

  /**
   * Runs it. May be called from any thread; does not block.
   *
   * @return the answer, or a {@link CommandException} (which may be thrown as well) when the
   *     command was refused; any other failure is a defect
   */
  Future<JsonObject> run(Caller caller, Arguments arguments);
}
