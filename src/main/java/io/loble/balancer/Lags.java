package io.loble.balancer;

import io.loble.model.BackendStats;
import java.util.Arrays;
import java.util.IdentityHashMap;

/**
 * How far each backend is behind its share, in turns: what new turns begin with, so that neither
 * who was served lately nor who waits is forgotten when a weight changes.
 */
final class Lags {

  /**
   * The indices of all backends; among those of the same weight and lag, who is next comes first.
   */
  private final Integer[] order;

  /** By index; negative for a backend that had more than its share. */
  private final double[] turns;

  private Lags(Integer[] order, double[] turns) {
    this.order = order;
    this.turns = turns;
  }

  /**
   * No backend has had a turn.
   *
   * @param size how many backends there are
   */
  static Lags none(int size) {
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    return new Lags(order, new double[size]);
  }

  /**
   * Those of some backends, of which some stay and others come. The mean of those that stay becomes
   * 0, which is what those have that come.
   *
   * @param before the indices of backends until now, in their order
   * @param turns by index until now
   */
  static Lags of(Sharers then, int[] before, double[] turns, Sharers now) {
    int[] newIndices = newIndices(then, now);
    double[] newTurns = new double[now.size()];
    boolean[] stays = new boolean[now.size()];
    Integer[] order = new Integer[now.size()];
    double sum = 0;
    int count = 0;
    for (int index : before) {
      int newIndex = newIndices[index];
      if (newIndex >= 0) {
        newTurns[newIndex] = turns[index];
        stays[newIndex] = true;
        order[count++] = newIndex;
        sum += turns[index];
      }
    }
    double mean = count == 0 ? 0 : sum / count;
    for (int i = 0; i < stays.length; i++) {
      if (stays[i]) {
        newTurns[i] -= mean;
      } else {
        order[count++] = i;
      }
    }
    return new Lags(order, newTurns);
  }

  /** By index until now, the index from now on; negative for a backend that goes. */
  private static int[] newIndices(Sharers then, Sharers now) {
    int[] indices = new int[then.size()];
    if (then.areThoseOf(now)) {
      Arrays.setAll(indices, i -> i);
      return indices;
    }
    IdentityHashMap<BackendStats, Integer> known = new IdentityHashMap<>();
    for (int i = 0; i < now.size(); i++) {
      known.put(now.who(i), i);
    }
    Arrays.setAll(indices, i -> known.getOrDefault(then.who(i), -1));
    return indices;
  }

  /** The indices of all backends, which the caller may sort. */
  Integer[] order() {
    return order.clone();
  }

  double turns(int index) {
    return turns[index];
  }
}
