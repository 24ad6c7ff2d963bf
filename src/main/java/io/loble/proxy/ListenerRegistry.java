package io.loble.proxy;

import io.loble.config.ListenerConfig;
import io.loble.model.HostPort;
import io.loble.model.ListenerStats;
import io.loble.net.channel.AnyPorts;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The open listeners of a Vert.x instance, with the counters that all cores share. May be used from
 * any thread.
 */
public final class ListenerRegistry {

  /**
   * An open listener.
   *
   * @param address as bound, with the port that the system chose where the configuration says 0
   */
  public record Entry(String name, HostPort address, String pool, ListenerStats stats)
      implements Shareable {}

  private final LocalMap<String, Entry> open;
  private final LocalMap<String, ListenerStats> stats;
  private final Vertx vertx;

  public ListenerRegistry(Vertx vertx) {
    this.open = vertx.sharedData().getLocalMap("loble.listeners");
    this.stats = vertx.sharedData().getLocalMap("loble.listener-stats");
    this.vertx = vertx;
  }

  /** The counters of a listener, which go on where they were when it is closed and opened again. */
  public ListenerStats stats(String name) {
    return stats.computeIfAbsent(name, key -> new ListenerStats());
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
            stats.removeIfPresent(name, counters);
            AnyPorts.forget(vertx, name);
          }
        });
  }

  /** Notes that a listener is open. */
  public void opened(ListenerConfig config, HostPort bound) {
    open.put(config.name(), new Entry(config.name(), bound, config.pool(), stats(config.name())));
  }

  /** Notes that a listener was closed; one of that name on another address stays noted. */
  public void closed(String name, HostPort bound) {
    open.computeIfPresent(name, (n, entry) -> entry.address().equals(bound) ? null : entry);
  }

  /** All open listeners, ordered by name. */
  public List<Entry> entries() {
    return open.values().stream().sorted(Comparator.comparing(Entry::name)).toList();
  }
}
