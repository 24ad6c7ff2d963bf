package io.loble.balancer;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How likely each is to be the less loaded of two that are drawn without putting back; among equals
 * the first is taken. Takes n log n steps.
 */
final class PairOdds {

  private final double[] loads;
  private final double[] chances;
  private final double[] odds;

  private PairOdds(double[] loads, double[] chances) {
    this.loads = loads;
    this.chances = chances;
    this.odds = new double[loads.length];
  }

  /**
   * The probabilities, 1 in sum.
   *
   * @param chances of each to be drawn first, above 0 and 1 in sum
   */
  static double[] of(double[] loads, double[] chances) {
    if (loads.length == 1) {
      return new double[] {1};
    }
    PairOdds pairs = new PairOdds(loads, chances);
    pairs.workOut();
    return pairs.odds;
  }

  /** From the most loaded down: those that were passed lose against all that follow. */
  private void workOut() {
    int[] order =
        IntStream.range(0, loads.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> loads[i]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    double behind = 0;
    double behindAsFirst = 0;
    int from = 0;
    while (from < order.length) {
      int to = from;
      double equal = 0;
      double equalAsFirst = 0;
      while (to < order.length && loads[order[to]] == loads[order[from]]) {
        equal += chances[order[to]];
        equalAsFirst += asFirst(order[to]);
        to++;
      }
      for (int k = from; k < to; k++) {
        int i = order[k];
        double wins = asFirst(i) * behind + chances[i] * behindAsFirst;
        odds[i] = wins + asFirst(i) * (equal - chances[i]);
      }
      behind += equal;
      behindAsFirst += equalAsFirst;
      from = to;
    }
  }

  /** To be multiplied with another's chance: both are drawn, this one first. */
  private double asFirst(int index) {
    return chances[index] / (1 - chances[index]);
  }
}
