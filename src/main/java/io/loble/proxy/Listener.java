package io.loble.proxy;

import io.loble.config.ListenerConfig;
import io.loble.model.Algorithm;
import io.loble.model.HostPort;
import io.loble.model.ListenerStats;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import io.loble.model.Snapshot;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's share of a listening address. All event loops of a Vert.x instance that open the
 * same listener share its port and its counters, and take turns at accepting.
 */
final class Listener {

  /** The kernel lowers this to what {@code net.core.somaxconn} allows. */
  private static final int BACKLOG = 65_535;

  private final Worker worker;
  private ListenerConfig config;
  private final ListenerRegistry registry;
  private final NetServer server;
  private final ListenerStats stats;
  private HostPort bound;
  private Route route;

  Listener(
      Vertx vertx,
      Worker worker,
      ListenerConfig config,
      @Nullable Snapshot snapshot,
      RandomGenerator random) {
    this.worker = worker;
    this.config = config;
    this.bound = config.address();
    this.registry = new ListenerRegistry(vertx);
    this.stats = registry.stats(config.name());
    this.server =
        vertx.createNetServer(new NetServerOptions().setAcceptBacklog(BACKLOG).setTcpNoDelay(true));
    this.route = routeUnder(snapshot, random);
  }

  String name() {
    return config.name();
  }

  ListenerConfig config() {
    return config;
  }

  ListenerStats stats() {
    return stats;
  }

  Route route() {
    return route;
  }

  /**
   * From the next connection on, backends are chosen as this snapshot says. While it does not know
   * the pool, which is on its way then, they are chosen as before.
   */
  void follow(@Nullable Snapshot snapshot, RandomGenerator random) {
    Pool pool = snapshot == null ? null : snapshot.pool(config.pool());
    if (pool != null && !route.pool().equals(pool)) {
      route = new Route(pool, random);
    }
  }

  /** Takes over a configuration that differs in no more than the pool. */
  void reconfigure(ListenerConfig newConfig) {
    config = newConfig;
    registry.opened(config, bound);
  }

  /** Opens the listener, or fails with a message that names it and its address. */
  Future<Void> open() {
    HostPort wanted = config.address();
    int port = wanted.port() == 0 ? registry.sharedAnyPort(config.name()) : wanted.port();
    return server
        .connectHandler(this::accepted)
        .listen(port, wanted.host())
        .onSuccess(this::opened)
        .recover(cause -> Future.failedFuture(new ListenException(config.name(), wanted, cause)))
        .mapEmpty();
  }

  /** Closes the listening socket; connections that were accepted stay, at most that long. */
  Future<Void> close(long millis) {
    registry.closed(config.name(), bound);
    return server.shutdown(millis, TimeUnit.MILLISECONDS);
  }

  private void opened(NetServer open) {
    bound = new HostPort(config.address().host(), open.actualPort());
    registry.opened(config, bound);
  }

  private void accepted(NetSocket socket) {
    Channel channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
    if (channel.remoteAddress() instanceof InetSocketAddress) {
      Session.accepted(worker, this, channel);
    } else {
      // It was gone before its address could be read.
      channel.close();
    }
  }

  private Route routeUnder(@Nullable Snapshot snapshot, RandomGenerator random) {
    Pool pool = snapshot == null ? null : snapshot.pool(config.pool());
    return new Route(pool == null ? noPool() : pool, random);
  }

  private Pool noPool() {
    return new Pool(config.pool(), Algorithm.ROUND_ROBIN, 0, false, List.of(), new PoolStats());
  }
}
