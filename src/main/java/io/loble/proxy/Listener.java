package io.loble.proxy;

import io.loble.config.ListenerConfig;
import io.loble.model.Algorithm;
import io.loble.model.HostPort;
import io.loble.model.ListenerStats;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import io.loble.model.Snapshot;
import io.loble.net.Acceptor;
import io.loble.net.Binding;
import io.loble.net.ListenOptions;
import io.loble.net.Stream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's share of a listening address. All event loops of a Vert.x instance that open the
 * same listener share its port and its counters, and each gets its share of the clients.
 */
final class Listener implements Acceptor {

  private final LoopEnvironment loop;
  private ListenerConfig config;
  private final ListenerRegistry registry;
  private @Nullable Binding binding;
  private final ListenerStats stats;
  private HostPort bound;
  private Route route;
  private boolean open;

  Listener(
      Vertx vertx,
      LoopEnvironment loop,
      ListenerConfig config,
      @Nullable Snapshot snapshot,
      RandomGenerator random) {
    this.loop = loop;
    this.config = config;
    this.bound = config.address();
    this.registry = new ListenerRegistry(vertx);
    this.stats = registry.stats(config.name());
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

  /** Takes over a configuration of the same name and address. */
  void reconfigure(ListenerConfig newConfig) {
    boolean otherTcp = !newConfig.tcp().equals(config.tcp());
    config = newConfig;
    registry.opened(config, bound);
    if (otherTcp && binding != null) {
      binding.setTcp(newConfig.tcp());
    }
  }

  /** Opens the listener, or fails with a message that names it and its address. */
  Future<Void> open() {
    HostPort wanted = config.address();
    return loop
        .clients()
        .listen(options(), this)
        .onSuccess(this::opened)
        .recover(cause -> Future.failedFuture(new ListenException(config.name(), wanted, cause)))
        .mapEmpty();
  }

  /** Whether another process takes over the clients that come from now on. */
  Future<Boolean> handOver() {
    return binding == null || !config.reusePort()
        ? Future.succeededFuture(false)
        : binding.handOver();
  }

  /** Closes the listening socket; connections that were accepted stay, at most that long. */
  Future<Void> close(long millis) {
    open = false;
    loop.ownListeners().closed(this);
    registry.closed(config.name(), bound);
    return binding == null ? Future.succeededFuture() : binding.close(millis);
  }

  @Override
  public void accepted(Stream client, InetSocketAddress from) {
    Session.accepted(loop, this, client, from);
  }

  /** Whether clients are still accepted. */
  boolean isOpen() {
    return open;
  }

  private ListenOptions options() {
    return new ListenOptions(config.name(), config.address(), config.reusePort(), config.tcp());
  }

  private void opened(Binding openBinding) {
    open = true;
    binding = openBinding;
    bound = new HostPort(config.address().host(), openBinding.port());
    loop.ownListeners().opened(this, bound);
    registry.opened(config, bound);
  }

  private Route routeUnder(@Nullable Snapshot snapshot, RandomGenerator random) {
    Pool pool = snapshot == null ? null : snapshot.pool(config.pool());
    return new Route(pool == null ? noPool() : pool, random);
  }

  private Pool noPool() {
    return new Pool(config.pool(), Algorithm.ROUND_ROBIN, 0, false, List.of(), new PoolStats());
  }
}
