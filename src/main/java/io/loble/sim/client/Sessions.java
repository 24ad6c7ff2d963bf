package io.loble.sim.client;

import java.util.function.BiConsumer;

/** Which session does what a client is to do. */
final class Sessions {

  private Sessions() {}

  /**
   * A client that is still to be started.
   *
   * @param onEnd hears how it has ended
   */
  static Session of(
      Site site, Choices.Choice choice, Plan plan, BiConsumer<Session, Outcome> onEnd) {
    if (choice.script() instanceof HttpScript http) {
      return new HttpSession(site, choice, http, plan, onEnd);
    }
    if (choice.script() instanceof WebSocketScript webSocket) {
      return new WebSocketSession(site, choice, webSocket, plan, onEnd);
    }
    return new ClientSession(site, choice, (ClientBehaviour) choice.script(), plan, onEnd);
  }
}
