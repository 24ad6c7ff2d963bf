package io.loble.proxy;

import io.loble.access.ClientAdmission;
import io.loble.access.ClientAdmission.Admitted;
import io.loble.access.ClientAdmission.Refused;
import io.loble.access.ClientTable;
import io.loble.access.RateBucket;
import io.loble.model.AddressBits;
import io.loble.model.Rejection;
import io.loble.net.PeerAddress;
import java.net.InetAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Whether one client may connect, and what its connection holds of its listener's bounds until it
 * ends. The two checks may be made at different times, each once: who the client is may be known
 * later than that there is one. Belongs to the connection's event loop.
 */
final class Permit {

  /** Of a listener without bounds: lets every client in, and holds nothing. */
  static final Permit UNBOUNDED = new Permit(ListenerRules.unbounded());

  private final ListenerRules rules;
  private @Nullable Admitted admitted;
  private boolean placed;
  private boolean clientChecked;

  Permit(ListenerRules rules) {
    this.rules = rules;
  }

  /**
   * Whether the client may connect: its network is let in, and it has neither too many connections
   * nor comes too often. One without an address may. Once that was asked, asking again changes
   * nothing.
   *
   * @return why not; null when it may, or that was asked before
   */
  @Nullable Rejection checkClient(SocketAddress client, long nowNanos) {
    ClientTable clients = rules.clients();
    if (clientChecked || (rules.access().isEmpty() && clients == null)) {
      return null;
    }
    clientChecked = true;
    InetAddress ip = PeerAddress.ip(client);
    if (ip == null) {
      // The mode of the socket's file has said who may connect.
      return null;
    }
    AddressBits address = AddressBits.of(ip);
    if (!rules.access().permits(address)) {
      return Rejection.DENIED;
    }
    return clients == null ? null : admit(clients.admit(address, nowNanos));
  }

  private @Nullable Rejection admit(ClientAdmission admission) {
    if (admission instanceof Admitted let) {
      admitted = let;
      return null;
    }
    return admission == Refused.CLIENT_LIMIT ? Rejection.CLIENT_LIMIT : Rejection.CLIENT_RATE;
  }

  /**
   * Whether the listener takes one more: it has neither too many connections, nor do they come too
   * often.
   *
   * @return why not; null when it does
   */
  @Nullable Rejection checkListener(long nowNanos) {
    if (rules.maxConnections() > 0) {
      if (!rules.places().tryAcquire(rules.maxConnections())) {
        return Rejection.LISTENER_LIMIT;
      }
      placed = true;
    }
    RateBucket rate = rules.rate();
    return rate == null || rate.tryTake(nowNanos) ? null : Rejection.RATE;
  }

  /** Gives back what the connection holds. To be called when it ends, or was refused. */
  void release() {
    if (placed) {
      placed = false;
      rules.places().release();
    }
    Admitted held = admitted;
    ClientTable clients = rules.clients();
    if (held != null && clients != null) {
      admitted = null;
      clients.release(held, System.nanoTime());
    }
  }
}
