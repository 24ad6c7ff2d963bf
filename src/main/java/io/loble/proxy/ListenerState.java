package io.loble.proxy;

import io.loble.balancer.Picker;
import io.loble.config.ListenerConfig;
import io.loble.model.Algorithm;
import io.loble.model.ListenerStats;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import io.loble.model.Snapshot;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the clients of one listener on one event loop: its configuration, its counters and
 * its way to backends. Its sessions see it change, and outlive the listening socket.
 */
final class ListenerState {

  private final ListenerStats stats;
  private final RandomGenerator random;
  private ListenerConfig config;
  private Picker picker;
  private boolean open;

  /**
   * @param snapshot null when there is none as yet
   * @param random for the balancers
   */
  ListenerState(
      ListenerConfig config,
      ListenerStats stats,
      @Nullable Snapshot snapshot,
      RandomGenerator random) {
    this.config = config;
    this.stats = stats;
    this.random = random;
    Pool pool = snapshot == null ? null : snapshot.pool(config.pool());
    this.picker = new Picker(pool == null ? noPool() : pool, random);
  }

  private Pool noPool() {
    return new Pool(config.pool(), Algorithm.ROUND_ROBIN, 0, false, List.of(), new PoolStats());
  }

  String name() {
    return config.name();
  }

  ListenerConfig config() {
    return config;
  }

  /** Takes over a configuration of the same name and address. */
  void configure(ListenerConfig newConfig) {
    config = newConfig;
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
  void follow(Snapshot snapshot) {
    Pool pool = snapshot.pool(config.pool());
    if (pool != null && !picker.pool().equals(pool)) {
      picker = new Picker(pool, random);
    }
  }

  /** Whether clients are still accepted. */
  boolean isOpen() {
    return open;
  }

  void setOpen(boolean isOpen) {
    open = isOpen;
  }
}
