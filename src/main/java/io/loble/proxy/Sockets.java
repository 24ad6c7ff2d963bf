package io.loble.proxy;

import io.loble.config.ListenerConfig;
import io.loble.model.HostPort;
import io.loble.model.TcpSettings;
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

    /** The listener has another configuration, with the same address. */
    void reconfigured();

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

  /** A connect that is under way. */
  interface Connect {

    /**
     * Nobody wants it any more. What came of it is told all the same: at once and as a failure
     * where the transport can give a connect up, else when it ends.
     */
    void cancel();
  }

  /** Hears of the end of a connect: exactly one of the methods is called, once. */
  interface ConnectEvents {

    void connected(Pump pump);

    /** The cause is one that {@link io.loble.net.ConnectError} knows. */
    void connectFailed(Throwable cause);
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

  /** What a client's socket does not have from the listening socket, and is to be given. */
  TcpSettings notInherited(ListenerConfig listener);

  /** Connects, and tells what came of it not before this method has returned. */
  Connect connect(InetSocketAddress address, Duration timeout, ConnectEvents events);

  /** Called at every tick of the worker's clock. */
  void tick(long now);
}
