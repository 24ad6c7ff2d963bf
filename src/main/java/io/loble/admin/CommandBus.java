package io.loble.admin;

import io.loble.control.Caller;
import io.loble.control.CommandException;
import io.loble.control.Commands;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The event bus's face of the commands: {@code {"command": NAME, …}} is answered with the command's
 * JSON, or with a {@link io.vertx.core.eventbus.ReplyException} whose failure code is the HTTP
 * status.
 */
final class CommandBus {

  static final String ADDRESS = "loble.admin";

  private final Vertx vertx;
  private final String id;
  private final Commands commands;
  private final List<MessageConsumer<Object>> consumers = new ArrayList<>();

  /**
   * @param id what this process calls itself: in a cluster, one of many
   */
  CommandBus(Vertx vertx, String id, Commands commands) {
    this.vertx = vertx;
    this.id = id;
    this.commands = commands;
  }

  /** Completes when messages arrive here. */
  Future<Void> start() {
    consumers.add(vertx.eventBus().consumer(ADDRESS, this::handle));
    consumers.add(vertx.eventBus().consumer(ADDRESS + '.' + id, this::handle));
    return Future.join(consumers.stream().map(MessageConsumer::completion).toList()).mapEmpty();
  }

  Future<Void> stop() {
    List<Future<Void>> leaving = consumers.stream().map(MessageConsumer::unregister).toList();
    consumers.clear();
    return Future.join(leaving).mapEmpty();
  }

  private void handle(Message<Object> message) {
    run(message.body()).onSuccess(message::reply).onFailure(cause -> fail(message, cause));
  }

  private Future<JsonObject> run(Object body) {
    return body instanceof JsonObject request
            && request.getValue("command") instanceof String command
        ? commands.run(Caller.BUS, command, request)
        : Future.failedFuture(
            CommandException.invalidArgument(
                "send a JSON object such as {\"command\":\"status\"}"));
  }

  private static void fail(Message<Object> message, Throwable cause) {
    Problem problem = Problem.of(cause, "a command on the event bus");
    message.fail(problem.status(), problem.detail());
  }
}
