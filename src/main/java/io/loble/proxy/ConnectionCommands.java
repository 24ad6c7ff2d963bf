package io.loble.proxy;

import io.loble.upstream.ConnectionOrder;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Carries out commands for the connections of some backends, on one event loop: close them within a
 * time, keep them after all, or close some quiet ones, so that their clients go to other backends.
 */
final class ConnectionCommands {

  private final SessionRegistry sessions;
  private final RequestServer requests;

  private ConnectionCommands(SessionRegistry sessions, RequestServer requests) {
    this.sessions = sessions;
    this.requests = requests;
  }

  /** Carries out commands from now on, on the context that this is called from. */
  static MessageConsumer<JsonObject> follow(
      Vertx vertx, SessionRegistry sessions, RequestServer requests) {
    return vertx
        .eventBus()
        .localConsumer(
            ConnectionOrder.ADDRESS, new ConnectionCommands(sessions, requests)::received);
  }

  private void received(Message<JsonObject> message) {
    ConnectionOrder command = ConnectionOrder.fromJson(message.body());
    requests.carryOut(command);
    Predicate<RegisteredSession> ofTarget = session -> session.record().isMeantBy(command);
    if (command instanceof ConnectionOrder.CloseWithin close) {
      sessions.drain().cutSpread(ofTarget, close.millis());
    } else if (command instanceof ConnectionOrder.Keep) {
      sessions.drain().keep(ofTarget);
    } else if (command instanceof ConnectionOrder.CloseQuiet quiet) {
      int closed = closeQuiet(ofTarget, quiet.atMost(), quiet.idleMillis());
      message.reply(new JsonObject().put("closed", closed));
    }
  }

  /**
   * Closes the longest-lived of those that are quiet.
   *
   * @param idleMillis for how long nothing may have moved
   * @return how many were closed
   */
  private int closeQuiet(Predicate<RegisteredSession> which, int atMost, long idleMillis) {
    List<RegisteredSession> oldest =
        sessions.open().stream()
            .filter(session -> which.test(session) && session.isQuiet(idleMillis))
            .sorted(Comparator.comparingLong(session -> session.lifetime().begun()))
            .limit(atMost)
            .toList();
    oldest.forEach(session -> session.close(Ending.REBALANCED));
    return oldest.size();
  }
}
