package io.loble.config.keys;

import io.loble.config.PoolConfig;
import io.loble.config.read.Place;
import io.loble.model.Algorithm;
import io.loble.model.Balancing;
import io.loble.model.HashOn;
import io.loble.model.LearningRange;
import java.util.ArrayList;
import java.util.List;

/** Finds keys of an algorithm in a pool that has another. */
final class BalancingWarnings {

  private BalancingWarnings() {}

  /** All of it, a sentence for each, which begins with the key. */
  static List<String> of(PoolConfig pool) {
    List<String> found = new ArrayList<>();
    Balancing balancing = pool.rules().balancing();
    Algorithm algorithm = balancing.algorithm();
    if (balancing.hashOn() != HashOn.CLIENT && !algorithm.hashes()) {
      found.add(useless(pool, "hash_on"));
    }
    if (balancing.balanceFactor() > 0 && !balancing.isBounded()) {
      found.add(useless(pool, "balance_factor"));
    }
    if (!balancing.learning().equals(LearningRange.DEFAULT) && !algorithm.learns()) {
      found.add(useless(pool, "adaptive"));
    }
    return found;
  }

  private static String useless(PoolConfig pool, String key) {
    return Place.of("").child(Tables.POOLS).child(pool.name()).child(key).key()
        + ": has no effect while the algorithm is "
        + pool.algorithm().label();
  }
}
