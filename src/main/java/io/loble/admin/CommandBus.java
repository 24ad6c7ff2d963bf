package io.loble.admin;

import io.loble.control.Caller;
import io.loble.control.CommandException;
import io.loble.control.Commands;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The event bus's face of the commands: {@code {"command": NAME, …}} is answered with the command's
 * JSON, or with a {@link io.vertx.core.eventbus.ReplyException} whose failure code is the HTTP
 * status.
 */
final class CommandBus {

  static final String ADDRESS = "loble.admin";

  private final Vertx vertx;
  private final Commands commands;
  private @Nullable MessageConsumer<Object> consumer;

  CommandBus(Vertx vertx, Commands commands) {
    this.vertx = vertx;
    this.commands = commands;
  }

  /** Completes when messages arrive here. */
  Future<Void> start() {
    MessageConsumer<Object> started = vertx.eventBus().consumer(ADDRESS, this::handle);
    consumer = started;
    return started.completion();
  }

  Future<Void> stop() {
    MessageConsumer<Object> started = consumer;
    consumer = null;
    return started == null ? Future.succeededFuture() : started.unregister();
  }

  private void handle(Message<Object> message) {
    run(message.body()).onSuccess(message::reply).onFailure(cause -> fail(message, cause));
  }

  private Future<JsonObject> run(Object body) {
    return body instanceof JsonObject request
            && request.getValue("command") instanceof String command
        ? commands.run(Caller.BUS, command, request)
        : Future.failedFuture(
            new CommandException(400, "send a JSON object such as {\"command\":\"status\"}"));
  }

  private static void fail(Message<Object> message, Throwable cause) {
    Problem problem = Problem.of(cause, "a command on the event bus");
    message.fail(problem.status(), problem.detail());
  }
}
