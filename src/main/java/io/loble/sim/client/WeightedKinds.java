package io.loble.sim.client;

import java.util.Map;
import java.util.SplittableRandom;

/** Picks kinds of clients by chance, each as often as its weight says. */
final class WeightedKinds {

  private final Map<ClientKind, Integer> weights;
  private final int sum;

  /**
   * @param weights 0 or more, not all 0
   */
  WeightedKinds(Map<ClientKind, Integer> weights) {
    this.weights = weights;
    this.sum = weights.values().stream().mapToInt(Integer::intValue).sum();
  }

  ClientKind pick(SplittableRandom random) {
    int left = random.nextInt(sum);
    for (Map.Entry<ClientKind, Integer> weight : weights.entrySet()) {
      left -= weight.getValue();
      if (left < 0) {
        return weight.getKey();
      }
    }
    throw new IllegalStateException("weights changed");
  }
}
