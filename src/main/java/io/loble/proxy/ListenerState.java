package io.loble.proxy;

import io.loble.balancer.Picker;
import io.loble.config.ListenerConfig;
import io.loble.config.PerClient;
import io.loble.model.AddressBits;
import io.loble.model.Algorithm;
import io.loble.model.ListenerStats;
import io.loble.model.Network;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import io.loble.model.Rejection;
import io.loble.model.Snapshot;
import io.loble.net.PeerAddress;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the clients of one listener on one event loop: its configuration, its counters and
 * its ways to backends. Its sessions see it change, and outlive the listening socket.
 */
public final class ListenerState {

  private final ListenerStats stats;
  private final ListenerGate gate;
  private final ListenerSecurity security;
  private final RandomGenerator random;
  private ListenerConfig config;

  /** The configuration by which clients find their pools. */
  private ListenerConfig routed;

  private @Nullable Front front;
  private boolean choosesByName;
  private Map<String, Picker> pickers;
  private Picker picker;
  private @Nullable RefusedNetworks refused;
  private boolean open;

  /**
   * @param snapshot null when there is none as yet
   * @param random for the balancers
   */
  ListenerState(
      ListenerConfig config,
      ListenerStats stats,
      ListenerGate gate,
      ListenerSecurity security,
      @Nullable Snapshot snapshot,
      RandomGenerator random) {
    this.config = config;
    this.routed = config;
    this.stats = stats;
    this.gate = gate;
    this.security = security;
    this.random = random;
    this.pickers = pickers(config, snapshot, Map.of());
    this.choosesByName = choosesByName();
    this.front = Front.of(config, choosesByName);
    this.picker = ownPicker();
  }

  private Map<String, Picker> pickers(
      ListenerConfig from, @Nullable Snapshot snapshot, Map<String, Picker> before) {
    Map<String, Picker> result = new HashMap<>();
    for (String name : from.pools()) {
      Pool pool = snapshot == null ? null : snapshot.pool(name);
      Picker old = before.get(name);
      boolean stays = old != null && (pool == null || old.pool().equals(pool));
      result.put(name, stays ? old : picker(pool == null ? noPool(name) : pool));
    }
    return result;
  }

  private Picker ownPicker() {
    Picker own = pickers.get(routed.pool());
    return own == null ? picker(noPool(routed.pool())) : own;
  }

  private Picker picker(Pool pool) {
    return new Picker(pool, random, System::nanoTime);
  }

  private boolean choosesByName() {
    return pickers.values().stream()
        .anyMatch(each -> each.pool().rules().balancing().needsServerName());
  }

  private static Pool noPool(String name) {
    return new Pool(name, Algorithm.ROUND_ROBIN, 0, false, List.of(), new PoolStats());
  }

  public String name() {
    return config.name();
  }

  public ListenerConfig config() {
    return config;
  }

  /**
   * Takes over a configuration of the same name and address. Where it leads clients holds with the
   * next snapshot that {@link #follow} gets.
   */
  void configure(ListenerConfig newConfig) {
    config = newConfig;
  }

  public ListenerStats stats() {
    return stats;
  }

  /** Who may connect. */
  ListenerGate gate() {
    return gate;
  }

  /** Whether new clients are decrypted. */
  boolean decrypts() {
    return config.tls().isOn();
  }

  /** Whether requests of new clients are answered, instead of connections relayed. */
  boolean speaksHttp() {
    return config.http().on();
  }

  /** How clients are decrypted. */
  ListenerSecurity security() {
    return security;
  }

  /** Counts a client that was refused before there was a session of it. */
  void refused(SocketAddress client, Rejection reason, long nowNanos) {
    stats.refused(reason);
    countNetwork(client, nowNanos);
  }

  /** Counts the network of a client that was refused, if it is in one. */
  void countNetwork(SocketAddress client, long nowNanos) {
    InetAddress ip = PeerAddress.ip(client);
    if (ip == null) {
      return;
    }
    RefusedNetworks networks = refused;
    if (networks == null) {
      networks = gate.refusals().ofThisLoop();
      refused = networks;
    }
    AddressBits address = AddressBits.of(ip);
    PerClient bounds = config.limits().perClient();
    int prefix = address.ipv6() ? bounds.prefix6() : bounds.prefix4();
    networks.add(Network.of(address, prefix), nowNanos);
  }

  /** To be called about once per second. */
  void tick(Vertx vertx, long nowNanos) {
    gate.look(vertx, nowNanos);
    security.look(vertx, nowNanos);
    if (refused != null) {
      refused.publish(nowNanos);
      gate.refusals()
          .summary(stats, nowNanos)
          .ifPresent(summary -> RefusalReport.publish(vertx, name(), summary));
    }
  }

  /** What has to be learnt of clients; null when all of them go to the listener's own pool. */
  @Nullable Front front() {
    return front;
  }

  /** Whether the client of a connection from that address is named by a header, and known later. */
  boolean namesClientLater(SocketAddress from) {
    return front != null && front.isNamedByHeader(from);
  }

  /** The choice of backends in the listener's own pool. */
  Picker picker() {
    return picker;
  }

  /**
   * The choice of backends in the pool that a client goes to.
   *
   * @param route the one that takes it; null for the listener's own pool
   * @return null when the listener has no pool of its own
   */
  public @Nullable Picker picker(@Nullable Route route) {
    return pickers.get(route == null ? routed.pool() : route.pool());
  }

  /**
   * From the next connection on, backends are chosen as this snapshot says. While it does not know
   * all of the listener's pools, which are on their way then, clients are led as before.
   */
  void follow(Snapshot snapshot) {
    if (!routed.equals(config)
        && config.pools().stream().allMatch(name -> snapshot.pool(name) != null)) {
      routed = config;
      front = Front.of(routed, choosesByName);
    }
    pickers = pickers(routed, snapshot, pickers);
    if (choosesByName != choosesByName()) {
      choosesByName = !choosesByName;
      front = Front.of(routed, choosesByName);
    }
    picker = ownPicker();
  }

  /** Whether clients are still accepted. */
  boolean isOpen() {
    return open;
  }

  void setOpen(boolean isOpen) {
    open = isOpen;
  }
}
