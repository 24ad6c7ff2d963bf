package io.loble.proxy;

import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects to backends from the event loop it is called on. A host name is resolved for each
 * connect, by Vert.x's resolver, which keeps an answer for as long as its TTL says.
 */
final class Connector {

  private final VertxInternal vertx;
  private final Sockets sockets;

  Connector(Vertx vertx, Sockets sockets) {
    this.vertx = (VertxInternal) vertx;
    this.sockets = sockets;
  }

  /** Resolves where that is needed, and connects, in that time together. */
  Sockets.Connect connect(HostPort address, long timeoutMillis, Sockets.ConnectEvents events) {
    InetAddress literal = Literals.address(address.host());
    return literal == null
        ? resolveAndConnect(address, timeoutMillis, events)
        : sockets.connect(
            new InetSocketAddress(literal, address.port()),
            Duration.ofMillis(timeoutMillis),
            events);
  }

  private Sockets.Connect resolveAndConnect(
      HostPort address, long timeoutMillis, Sockets.ConnectEvents events) {
    Resolving resolving = new Resolving(address, timeoutMillis, events);
    vertx
        .nameResolver()
        .resolve(address.host())
        .timeout(timeoutMillis, TimeUnit.MILLISECONDS)
        .onComplete(resolving::resolved, resolving::failed);
    return resolving;
  }

  /** A connect to a name. */
  private final class Resolving implements Sockets.Connect {

    private final HostPort address;
    private final long endNanos;
    private final Sockets.ConnectEvents events;
    private Sockets.@Nullable Connect connect;
    private boolean cancelled;

    Resolving(HostPort address, long timeoutMillis, Sockets.ConnectEvents events) {
      this.address = address;
      this.endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
      this.events = events;
    }

    void resolved(InetAddress ip) {
      if (!cancelled) {
        long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime()));
        connect =
            sockets.connect(
                new InetSocketAddress(ip, address.port()), Duration.ofMillis(left), events);
      }
    }

    void failed(Throwable cause) {
      if (!cancelled) {
        events.connectFailed(unresolved(address, cause));
      }
    }

    @Override
    public void cancel() {
      if (connect != null) {
        connect.cancel();
      } else if (!cancelled) {
        cancelled = true;
        events.connectFailed(new CancellationException());
      }
    }
  }

  private static UnknownHostException unresolved(HostPort address, Throwable cause) {
    UnknownHostException failure =
        new UnknownHostException("cannot resolve " + address.host() + ": " + cause.getMessage());
    failure.initCause(cause);
    return failure;
  }
}
