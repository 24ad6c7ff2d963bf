package io.loble.proxy;

import io.loble.balancer.Picker;
import io.loble.model.Rejection;
import io.loble.net.Acceptor;
import io.loble.net.Stream;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the clients of one listener on one event loop: the first step of every connection. What
 * may refuse a client before anything is read from it is decided here.
 */
final class Accepting implements Acceptor {

  private final LoopEnvironment loop;
  private final SessionRegistry sessions;
  private final RequestServer requests;
  private final ListenerState listener;

  Accepting(
      LoopEnvironment loop,
      SessionRegistry sessions,
      RequestServer requests,
      ListenerState listener) {
    this.loop = loop;
    this.sessions = sessions;
    this.requests = requests;
    this.listener = listener;
  }

  @Override
  public void accepted(Stream client, SocketAddress from) {
    Permit permit = listener.gate().permit();
    Rejection refusal = refusal(permit, from);
    if (refusal != null) {
      // Nothing is made for it, and it takes no place in the process.
      permit.release();
      listener.refused(from, refusal, System.nanoTime());
      RefusedClient.reset(client);
      return;
    }
    Picker picker = listener.picker();
    Session session = new Session(loop, sessions, listener, picker.pool(), client, from, permit);
    session.begin();
    if (!loop.limit().tryAcquire()) {
      session.reject(Rejection.LIMIT);
    } else if (client.isDead()) {
      // Gone before it was accepted: a flood of such clients must not cost the backends anything.
      session.close(Ending.CLIENT_RESET);
    } else {
      session.admitted(picker, requests);
    }
  }

  /** The client before the listener: one that comes too often must not use up what all have. */
  private @Nullable Rejection refusal(Permit permit, SocketAddress from) {
    if (loop.shedding().refuses()) {
      return Rejection.OVERLOAD;
    }
    if (permit == Permit.UNBOUNDED) {
      return null;
    }
    long now = System.nanoTime();
    Rejection ofClient = listener.namesClientLater(from) ? null : permit.checkClient(from, now);
    return ofClient == null ? permit.checkListener(now) : ofClient;
  }
}
