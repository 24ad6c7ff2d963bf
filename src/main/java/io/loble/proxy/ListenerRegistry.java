package io.loble.proxy;

import io.loble.config.ListenerConfig;
import io.loble.context.VertxLocal;
import io.loble.model.Address;
import io.loble.model.ListenerStats;
import io.loble.net.channel.AnyPorts;
import io.vertx.core.Vertx;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;

/**
 * The open listeners of a Vert.x instance, with the counters that all cores share. May be used from
 * any thread.
 */
public final class ListenerRegistry {

  private static final VertxLocal<ConcurrentMap<String, Entry>> OPEN = VertxLocal.map("listeners");
  private static final VertxLocal<ConcurrentMap<String, ListenerStats>> STATS =
      VertxLocal.map("listener-stats");

  private static final VertxLocal<ConcurrentMap<String, ListenerGate>> GATES =
      VertxLocal.map("listener-gates");
  private static final VertxLocal<ConcurrentMap<String, ListenerSecurity>> SECURITY =
      VertxLocal.map("listener-security");

  /**
   * An open listener.
   *
   * @param address as bound, with the port that the system chose where the configuration says 0
   */
  public record Entry(
      ListenerConfig config,
      Address address,
      ListenerStats stats,
      ListenerGate gate,
      ListenerSecurity security) {

    public String name() {
      return config.name();
    }

    /** The pool of clients that no route takes; empty when there is none. */
    public String pool() {
      return config.pool();
    }
  }

  private final ConcurrentMap<String, Entry> open;
  private final ConcurrentMap<String, ListenerStats> stats;
  private final ConcurrentMap<String, ListenerGate> gates;
  private final ConcurrentMap<String, ListenerSecurity> security;
  private final Vertx vertx;

  public ListenerRegistry(Vertx vertx) {
    this.open = OPEN.get(vertx);
    this.stats = STATS.get(vertx);
    this.gates = GATES.get(vertx);
    this.security = SECURITY.get(vertx);
    this.vertx = vertx;
  }

  /** The counters of a listener, which go on where they were when it is closed and opened again. */
  public ListenerStats stats(String name) {
    return stats.computeIfAbsent(name, key -> new ListenerStats());
  }

  /** What decides who may connect to a listener, which goes on like its counters. */
  ListenerGate gate(String name) {
    return gates.computeIfAbsent(name, ListenerGate::new);
  }

  /** How a listener decrypts its clients, which goes on like its counters. */
  ListenerSecurity security(String name) {
    return security.computeIfAbsent(name, ListenerSecurity::new);
  }

  /**
   * Forgets the counters of listeners that are gone. To be called while none is being opened.
   *
   * @param names those that are to stay
   */
  void forgetAllBut(Set<String> names) {
    stats.forEach(
        (name, counters) -> {
          if (!names.contains(name) && !open.containsKey(name) && counters.active() == 0) {
            stats.remove(name, counters);
            gates.remove(name);
            security.remove(name);
            AnyPorts.forget(vertx, name);
          }
        });
  }

  /** Notes that a listener is open. */
  public void opened(ListenerConfig config, Address bound) {
    String name = config.name();
    open.put(name, new Entry(config, bound, stats(name), gate(name), security(name)));
  }

  /** Notes that a listener was closed; one of that name on another address stays noted. */
  public void closed(String name, Address bound) {
    open.computeIfPresent(name, (n, entry) -> entry.address().equals(bound) ? null : entry);
  }

  /** All open listeners, ordered by name. */
  public List<Entry> entries() {
    return open.values().stream().sorted(Comparator.comparing(Entry::name)).toList();
  }
}
