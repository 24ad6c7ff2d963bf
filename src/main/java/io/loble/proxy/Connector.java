package io.loble.proxy;

import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Connects to backends from the event loop it is called on. A host name is resolved for each
 * connect, by Vert.x's resolver, which keeps an answer for as long as its TTL says.
 */
final class Connector {

  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final VertxInternal vertx;
  private final Sockets sockets;

  Connector(Vertx vertx, Sockets sockets) {
    this.vertx = (VertxInternal) vertx;
    this.sockets = sockets;
  }

  /**
   * Connects; {@link Session#connected} follows, or {@link Session#connectFailed} with a cause that
   * {@link io.loble.net.ConnectError} knows.
   */
  void connect(Session session, HostPort address, Duration timeout) {
    InetAddress literal = Literals.address(address.host());
    if (literal == null) {
      resolveAndConnect(session, address, timeout);
    } else {
      sockets.connect(session, new InetSocketAddress(literal, address.port()), timeout);
    }
  }

  private void resolveAndConnect(Session session, HostPort address, Duration timeout) {
    long start = System.nanoTime();
    vertx
        .nameResolver()
        .resolve(address.host())
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(
            ip -> {
              Duration left = timeout.minusNanos(System.nanoTime() - start);
              InetSocketAddress resolved = new InetSocketAddress(ip, address.port());
              sockets.connect(session, resolved, left.toMillis() > 0 ? left : SHORTEST);
            },
            cause -> session.connectFailed(unresolved(address, cause)));
  }

  private static UnknownHostException unresolved(HostPort address, Throwable cause) {
    UnknownHostException failure =
        new UnknownHostException("cannot resolve " + address.host() + ": " + cause.getMessage());
    failure.initCause(cause);
    return failure;
  }
}
