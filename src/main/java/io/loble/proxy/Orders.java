package io.loble.proxy;

import io.loble.upstream.ConnectionOrder;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;

/** Carries out, on one event loop, what is to be done with the connections of a backend. */
final class Orders {

  private final Sessions sessions;

  private Orders(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Carries out orders from now on, on the context that this is called from. */
  static MessageConsumer<JsonObject> follow(Vertx vertx, Sessions sessions) {
    return vertx.eventBus().localConsumer(ConnectionOrder.ADDRESS, new Orders(sessions)::carryOut);
  }

  private void carryOut(Message<JsonObject> message) {
    ConnectionOrder order = ConnectionOrder.fromJson(message.body());
    if (order instanceof ConnectionOrder.CloseWithin close) {
      sessions.cutSpread(
          session -> session.accounting().isRelayedTo(close.target()), close.millis());
    } else if (order instanceof ConnectionOrder.Keep keep) {
      sessions.keep(session -> session.accounting().isRelayedTo(keep.target()));
    } else if (order instanceof ConnectionOrder.CloseQuiet quiet) {
      message.reply(new JsonObject().put("closed", closeQuiet(quiet)));
    }
  }

  private int closeQuiet(ConnectionOrder.CloseQuiet order) {
    return sessions.closeQuiet(
        session -> session.accounting().isRelayedTo(order.target()),
        order.atMost(),
        order.idleMillis());
  }
}
