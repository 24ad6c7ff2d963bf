package io.loble.proxy;

import io.loble.model.HostPort;
import io.loble.model.ListenerStats;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.util.List;

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

  private final LocalMap<String, Entry> map;

  public ListenerRegistry(Vertx vertx) {
    this.map = vertx.sharedData().getLocalMap("loble.listeners");
  }

  /** Registers a listener unless another core did, and returns what is registered. */
  public Entry register(Entry entry) {
    Entry before = map.putIfAbsent(entry.name(), entry);
    return before == null ? entry : before;
  }

  /** Forgets a listener that was closed. */
  public void remove(String name) {
    map.remove(name);
  }

  /** All open listeners, ordered by name. */
  public List<Entry> entries() {
    return map.values().stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
  }
}
