package io.loble.upstream.health;

import io.loble.model.Backend;
import io.loble.model.BackendStats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tallies of one event loop, for the backends it has connected to lately. Looking one up
 * allocates nothing.
 */
final class LoopTallies {

  /** By the counters, of which a backend has the same in every snapshot. */
  private final Map<BackendStats, LoopTally> tallies = new HashMap<>();

  LoopTally of(String pool, Backend backend) {
    LoopTally known = tallies.get(backend.stats());
    if (known != null) {
      return known;
    }
    LoopTally created = new LoopTally(pool, backend);
    tallies.put(backend.stats(), created);
    return created;
  }

  /**
   * What was counted since the last call. A backend without a connection in this time is forgotten,
   * so that backends which are gone take no memory.
   */
  List<Tally> take() {
    tallies.values().removeIf(LoopTally::isEmpty);
    List<Tally> taken = new ArrayList<>(tallies.size());
    tallies.values().forEach(tally -> taken.add(tally.take()));
    return taken;
  }
}
