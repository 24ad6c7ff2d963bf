package io.loble.proxy;

import io.loble.model.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Where one event loop gets its sockets from, and with them the kind of pump that relays between
 * them. Everything is called, and calls back, on that event loop.
 */
interface Sockets {

  /** An open listening socket. */
  interface Binding {

    /** The port that it is bound to. */
    int port();

    /**
     * Lets other processes that listen on that address too have its clients from now on; those that
     * the kernel has begun to accept for this one still come.
     *
     * @return whether there are any that take over
     */
    Future<Boolean> handOver();

    /**
     * Closes it; connections that were accepted stay.
     *
     * @param millis for how long at the most; after that they may be cut
     */
    Future<Void> close(long millis);
  }

  /** The best there is for the transport that Vert.x runs on. */
  static Sockets of(Vertx vertx, Worker worker, RelayTuning tuning) {
    return EpollLoop.isUnder(vertx)
        ? new EpollSockets(vertx, worker, new EpollLoop(vertx, tuning))
        : new VertxSockets(vertx);
  }

  /**
   * Opens a listening socket, whose clients are given to {@link Listener#accepted}. Event loops
   * that open the same listener share its port, also where the address says any port.
   */
  Future<Binding> listen(Listener listener, HostPort address);

  /**
   * Connects; {@link Session#connected} or {@link Session#connectFailed} follows, once, and not
   * before this method has returned.
   */
  void connect(Session session, InetSocketAddress address, Duration timeout);

  /** Called at every tick of the worker's clock. */
  void tick(long now);
}
