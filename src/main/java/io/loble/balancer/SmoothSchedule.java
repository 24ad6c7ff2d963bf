package io.loble.balancer;

import io.loble.model.Backend;
import java.util.Arrays;
import java.util.List;

/**
 * Turns weights into an endless sequence of turns that is exact and has no bursts: in every window
 * as long as the sum of the weights (divided by what they have in common) each backend has its
 * share of turns, spread out. Weights 5, 1, 1 give a a b a c a a.
 *
 * <p>The order is that of nginx's smooth weighted round robin (commit 52327e0627f4, 2012), worked
 * out once for a whole period, so that a turn costs one array read and cores need to share no more
 * than a counter.
 */
final class SmoothSchedule {

  /** Above this many steps the period is shortened, to keep a rebuild in the milliseconds. */
  private static final long MAX_STEPS = 8_000_000;

  private final int[] turns;
  private final int backends;

  private SmoothSchedule(int[] turns, int backends) {
    this.turns = turns;
    this.backends = backends;
  }

  static SmoothSchedule of(List<Backend> backends) {
    return ofWeights(backends.stream().mapToInt(Backend::weight).toArray());
  }

  /**
   * The schedule for these weights, each 1 or more. With so many different weights that the period
   * would take over eight million steps to work out, shares are rounded.
   */
  static SmoothSchedule ofWeights(int... weights) {
    int[] shares = reduced(weights);
    while ((long) shares.length * Arrays.stream(shares).sum() > MAX_STEPS && max(shares) > 1) {
      shares = Arrays.stream(shares).map(w -> Math.max(1, w / 2)).toArray();
    }
    return new SmoothSchedule(period(shares), weights.length);
  }

  /** How many turns there are before the sequence repeats. */
  int period() {
    return turns.length;
  }

  /** The index of the backend whose turn it is. */
  int at(long turn) {
    return turns[(int) Long.remainderUnsigned(turn, turns.length)];
  }

  /** All indices, in the order in which they next have a turn. */
  int[] orderFrom(long turn) {
    int[] order = new int[backends];
    boolean[] seen = new boolean[backends];
    int found = 0;
    for (long t = turn; found < backends; t++) {
      int index = at(t);
      if (!seen[index]) {
        seen[index] = true;
        order[found++] = index;
      }
    }
    return order;
  }

  private static int[] period(int[] weights) {
    int sum = Arrays.stream(weights).sum();
    int[] current = new int[weights.length];
    int[] turns = new int[sum];
    for (int turn = 0; turn < sum; turn++) {
      int best = 0;
      for (int i = 0; i < weights.length; i++) {
        current[i] += weights[i];
        if (current[i] > current[best]) {
          best = i;
        }
      }
      current[best] -= sum;
      turns[turn] = best;
    }
    return turns;
  }

  private static int[] reduced(int[] weights) {
    int divisor = Arrays.stream(weights).reduce(0, SmoothSchedule::gcd);
    return Arrays.stream(weights).map(w -> w / divisor).toArray();
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private static int max(int[] values) {
    return Arrays.stream(values).max().orElse(0);
  }
}
