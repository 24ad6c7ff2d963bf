package io.loble.sim.server;

import io.loble.config.ConfigException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;

/**
 * The event bus's face of a simulated server, at {@code loble.server.ID}: {@code
 * {"command":"stats"}} is answered as {@code GET /stats} is, and {@code {"command":"set",
 * "settings":{…}}} with the settings then in force, or with a {@link
 * io.vertx.core.eventbus.ReplyException} whose failure code is an HTTP status.
 */
public final class ServerBus {

  private static final String USAGE =
      "send {\"command\":\"stats\"} or {\"command\":\"set\",\"settings\":{\"delay_ms\":500}}";

  private final ServerState state;
  private final MessageConsumer<Object> consumer;

  private ServerBus(Vertx vertx, ServerState state) {
    this.state = state;
    this.consumer = vertx.eventBus().consumer(address(state.settings().id()), this::handle);
  }

  /** Where the server of that id takes commands. */
  public static String address(String id) {
    return "loble.server." + id;
  }

  /** Takes commands for that server; completes when they arrive from everywhere. */
  public static Future<ServerBus> start(Vertx vertx, ServerState state) {
    ServerBus bus = new ServerBus(vertx, state);
    return bus.consumer.completion().map(bus);
  }

  /** Takes no more commands. */
  public Future<Void> stop() {
    return consumer.unregister();
  }

  private void handle(Message<Object> message) {
    if (!(message.body() instanceof JsonObject request)) {
      message.fail(400, USAGE);
      return;
    }
    Object command = request.getValue("command");
    if ("stats".equals(command)) {
      message.reply(state.toJson());
    } else if ("set".equals(command) && request.getValue("settings") instanceof JsonObject set) {
      set(message, set);
    } else {
      message.fail(400, USAGE);
    }
  }

  private void set(Message<Object> message, JsonObject settings) {
    try {
      message.reply(state.set(settings).toJson());
    } catch (ConfigException e) {
      message.fail(400, Refusals.reasons(e));
    }
  }
}
