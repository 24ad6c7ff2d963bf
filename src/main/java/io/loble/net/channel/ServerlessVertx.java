package io.loble.net.channel;

import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetServerImpl;
import io.vertx.core.net.impl.NetServerInternal;
import io.vertx.core.spi.metrics.TCPMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Vert.x whose servers open no socket: they are given their connections. It has no metrics, since
 * those of such connections are Loble's own.
 */
final class ServerlessVertx extends VertxWrapper {

  private @Nullable NetServerInternal last;

  ServerlessVertx(VertxInternal delegate) {
    super(delegate);
  }

  @Override
  public NetServerInternal createNetServer(NetServerOptions options) {
    NetServerInternal server = new Unbound(this, options);
    last = server;
    return server;
  }

  /** What the server that was made last does with a connection. */
  Handler<NetSocket> connections() {
    if (last == null) {
      throw new IllegalStateException("no server was made");
    }
    return last.connectHandler();
  }

  @Override
  public @Nullable VertxMetrics metrics() {
    return null;
  }

  /** {@code HttpServer} wants this class. */
  private static final class Unbound extends NetServerImpl {

    Unbound(VertxInternal vertx, NetServerOptions options) {
      super(vertx, options);
    }

    @Override
    public Future<NetServer> listen(ContextInternal context, SocketAddress address) {
      return context.succeededFuture(this);
    }

    @Override
    public Future<Void> shutdown(long timeout, TimeUnit unit) {
      return Future.succeededFuture();
    }

    @Override
    public synchronized void close(Completable<Void> completion) {
      completion.succeed();
    }

    @Override
    public synchronized @Nullable TCPMetrics<?> getMetrics() {
      return null;
    }
  }
}
