package io.loble.proxy;

import io.loble.balancer.Picker;
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

  private final Worker worker;
  private ListenerConfig config;
  private final ListenerRegistry registry;
  private @Nullable Binding binding;
  private final ListenerStats stats;
  private HostPort bound;
  private Picker picker;
  private boolean open;

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
    this.picker = pickerUnder(snapshot, random);
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

  Picker picker() {
    return picker;
  }

  /**
   * From the next connection on, backends are chosen as this snapshot says. While it does not know
   * the pool, which is on its way then, they are chosen as before.
   */
  void follow(@Nullable Snapshot snapshot, RandomGenerator random) {
    Pool pool = snapshot == null ? null : snapshot.pool(config.pool());
    if (pool != null && !picker.pool().equals(pool)) {
      picker = new Picker(pool, random);
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
    return worker
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
    worker.ownListeners().closed(this);
    registry.closed(config.name(), bound);
    return binding == null ? Future.succeededFuture() : binding.close(millis);
  }

  @Override
  public void accepted(Stream client, InetSocketAddress from) {
    Session.accepted(worker, this, client, from);
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
    worker.ownListeners().opened(this, bound);
    registry.opened(config, bound);
  }

  private Picker pickerUnder(@Nullable Snapshot snapshot, RandomGenerator random) {
    Pool pool = snapshot == null ? null : snapshot.pool(config.pool());
    return new Picker(pool == null ? noPool() : pool, random);
  }

  private Pool noPool() {
    return new Pool(config.pool(), Algorithm.ROUND_ROBIN, 0, false, List.of(), new PoolStats());
  }
}
