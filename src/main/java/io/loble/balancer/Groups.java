package io.loble.balancer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Backends by weight. Those of one weight take turns in a ring, so that only the one of each ring
 * whose turn is next has to be looked at. Immutable.
 */
final class Groups {

  private final Sharers sharers;
  private final long total;

  /** The backends of each group, in the order of their turns. */
  private final int[][] rings;

  /** What a backend of each group gains with each turn of any. */
  private final long[] units;

  /** What each backend has to begin with. */
  private final long[] credit;

  private Groups(Sharers sharers, int[][] rings, long[] credit) {
    this.sharers = sharers;
    this.total = sharers.totalUnits();
    this.rings = rings;
    this.units = Arrays.stream(rings).mapToLong(ring -> sharers.units(ring[0])).toArray();
    this.credit = credit;
  }

  static Groups of(Sharers sharers, Lags lags) {
    Integer[] order = lags.order();
    // Keeps the order among equals.
    Arrays.sort(
        order,
        (a, b) -> {
          int byUnits = Long.compare(sharers.units(a), sharers.units(b));
          return byUnits != 0 ? byUnits : Double.compare(lags.turns(b), lags.turns(a));
        });
    int[][] rings = rings(sharers, order);
    return new Groups(sharers, rings, credit(sharers, lags, rings));
  }

  private static int[][] rings(Sharers sharers, Integer[] order) {
    List<int[]> rings = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= order.length; to++) {
      if (to == order.length || sharers.units(order[to]) != sharers.units(order[from])) {
        rings.add(Arrays.stream(order, from, to).mapToInt(i -> i).toArray());
        from = to;
      }
    }
    return rings.toArray(int[][]::new);
  }

  /**
   * Within a ring no member is more than a turn behind the first, or the ring would not go round.
   */
  private static long[] credit(Sharers sharers, Lags lags, int[][] rings) {
    long total = sharers.totalUnits();
    long[] credit = new long[sharers.size()];
    for (int[] ring : rings) {
      long first = Math.round(lags.turns(ring[0]) * total);
      for (int index : ring) {
        credit[index] = Math.max(first - total, Math.round(lags.turns(index) * total));
      }
    }
    return credit;
  }

  int count() {
    return rings.length;
  }

  /** Where turns begin. */
  State start() {
    State state = new State(new long[count()], new int[count()]);
    for (int group = 0; group < count(); group++) {
      state.scores[group] = credit[rings[group][0]];
    }
    return state;
  }

  /** How far the turns are: of each group, where in its ring it is, and the score there. */
  static final class State {

    private final long[] scores;
    private final int[] heads;

    private State(long[] scores, int[] heads) {
      this.scores = scores;
      this.heads = heads;
    }

    State copy() {
      return new State(scores.clone(), heads.clone());
    }
  }

  /** Goes one turn on, and returns the index of the backend whose turn it is. */
  int step(State state) {
    long[] scores = state.scores;
    int best = 0;
    long highest = Long.MIN_VALUE;
    for (int group = 0; group < scores.length; group++) {
      long score = scores[group] + units[group];
      scores[group] = score;
      if (score >= highest && (score > highest || head(state, group) < head(state, best))) {
        best = group;
        highest = score;
      }
    }
    int index = head(state, best);
    advance(state, best);
    return index;
  }

  private int head(State state, int group) {
    return rings[group][state.heads[group]];
  }

  /** The backend that is next pays with a turn, and is the last of its ring now. */
  private void advance(State state, int group) {
    int before = head(state, group);
    int next = state.heads[group] + 1;
    if (next == rings[group].length) {
      next = 0;
      state.scores[group] -= total;
    }
    state.heads[group] = next;
    state.scores[group] += credit[head(state, group)] - credit[before];
  }

  /** Where the turns are, for others to go on from there. */
  Lags lags(State state, Sharers now) {
    int[] order = new int[sharers.size()];
    double[] turns = new double[sharers.size()];
    int count = 0;
    for (int group = 0; group < count(); group++) {
      int[] ring = rings[group];
      int head = state.heads[group];
      long base = state.scores[group] - credit[ring[head]];
      for (int i = 0; i < ring.length; i++) {
        int index = ring[(head + i) % ring.length];
        long paid = head + i < ring.length ? 0 : total;
        turns[index] = (double) (base + credit[index] - paid) / total;
        order[count++] = index;
      }
    }
    return Lags.of(sharers, order, turns, now);
  }
}
