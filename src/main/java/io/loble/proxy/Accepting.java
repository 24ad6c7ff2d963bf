package io.loble.proxy;

import io.loble.balancer.Picker;
import io.loble.model.Rejection;
import io.loble.net.Acceptor;
import io.loble.net.Stream;
import java.net.InetSocketAddress;

/**
 * Takes in the clients of one listener on one event loop: the first step of every connection. What
 * may refuse a client before anything is read from it is decided here.
 */
final class Accepting implements Acceptor {

  private final LoopEnvironment loop;
  private final SessionRegistry sessions;
  private final ListenerState listener;

  Accepting(LoopEnvironment loop, SessionRegistry sessions, ListenerState listener) {
    this.loop = loop;
    this.sessions = sessions;
    this.listener = listener;
  }

  @Override
  public void accepted(Stream client, InetSocketAddress from) {
    Picker picker = listener.picker();
    Session session = new Session(loop, sessions, listener, picker.pool(), client, from);
    session.begin();
    if (!loop.limit().tryAcquire()) {
      session.reject(Rejection.LIMIT);
    } else if (client.isDead()) {
      // Gone before it was accepted: a flood of such clients must not cost the backends anything.
      session.close(Ending.CLIENT_RESET);
    } else {
      session.admitted(picker);
    }
  }
}
