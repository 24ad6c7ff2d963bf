package io.loble.proxy;

import io.loble.model.ConnectFailure;
import io.loble.model.HostPort;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Connects to backends from the event loop it is called on. A host name is resolved for each
 * connect, by Vert.x's resolver, which keeps an answer for as long as its TTL says.
 */
final class Connector {

  private final VertxInternal vertx;
  private final NetClient client;

  Connector(Vertx vertx) {
    this.vertx = (VertxInternal) vertx;
    this.client = vertx.createNetClient(new NetClientOptions().setReconnectAttempts(0));
  }

  /** Connects, or fails with a cause that {@link #classify} knows. */
  Future<NetSocketInternal> connect(HostPort address, Duration timeout) {
    if (NetUtil.isValidIpV4Address(address.host()) || NetUtil.isValidIpV6Address(address.host())) {
      return connect(SocketAddress.inetSocketAddress(address.port(), address.host()), timeout);
    }
    long start = System.nanoTime();
    return vertx
        .nameResolver()
        .resolve(address.host())
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .recover(e -> Future.failedFuture(unresolved(address, e)))
        .map(ip -> SocketAddress.inetSocketAddress(new InetSocketAddress(ip, address.port())))
        .compose(resolved -> connect(resolved, timeout.minusNanos(System.nanoTime() - start)));
  }

  private Future<NetSocketInternal> connect(SocketAddress address, Duration timeout) {
    ConnectOptions options =
        new ConnectOptions()
            .setRemoteAddress(address)
            .setTimeout(Math.toIntExact(Math.max(1, timeout.toMillis())));
    return client.connect(options).map(NetSocketInternal.class::cast);
  }

  /** Which of the reasons that are counted a failed connect had. */
  static ConnectFailure classify(Throwable failure) {
    if (failure instanceof UnknownHostException) {
      return ConnectFailure.RESOLVE;
    }
    if (failure instanceof ConnectTimeoutException || failure instanceof TimeoutException) {
      return ConnectFailure.TIMEOUT;
    }
    if (failure instanceof NoRouteToHostException) {
      return ConnectFailure.UNREACHABLE;
    }
    String message = String.valueOf(failure.getMessage());
    if (message.contains("unreachable") || message.contains("No route")) {
      return ConnectFailure.UNREACHABLE;
    }
    boolean refused = message.contains("refused") || message.contains("reset");
    return failure instanceof ConnectException && refused
        ? ConnectFailure.REFUSED
        : ConnectFailure.OTHER;
  }

  private static UnknownHostException unresolved(HostPort address, Throwable cause) {
    UnknownHostException failure =
        new UnknownHostException("cannot resolve " + address.host() + ": " + cause.getMessage());
    failure.initCause(cause);
    return failure;
  }
}
