package io.loble.balancer;

import io.loble.model.Turn;
import io.loble.model.TurnOrder;
import org.jspecify.annotations.Nullable;

/**
 * Turns by weight that are exact and have no bursts: in every window as long as the sum of the
 * weights (divided by what they have in common) each backend has its share of turns, spread out.
 * Weights 5, 1, 1 give a a b a c a a.
 *
 * <p>The order is that of nginx's smooth weighted round robin (commit 52327e0627f4, 2012): each
 * turn goes to the backend that is the furthest behind its share. It is worked out a stretch at a
 * time, by a step for each different weight. When weights or backends change, each backend goes on
 * with what it is behind or ahead; windows are exact again when that is settled, and no backend is
 * ever a whole turn ahead of its share.
 */
final class SmoothOrder implements TurnOrder {

  /** Takes microseconds; the longer a stretch, the seldomer the cores meet to begin a new one. */
  private static final int STEPS_PER_STRETCH = 4_096;

  private static final int SHORTEST = 32;
  private static final int LONGEST = 1_024;

  private final Groups groups;
  private final Groups.State start;
  private final Groups.State end;
  private final int[] turns;

  private SmoothOrder(Groups groups, Groups.State start) {
    this.groups = groups;
    this.start = start;
    this.end = start.copy();
    this.turns = new int[length(groups.count())];
    for (int i = 0; i < turns.length; i++) {
      turns[i] = groups.step(end);
    }
  }

  private static int length(int groups) {
    return Math.max(SHORTEST, Math.min(LONGEST, STEPS_PER_STRETCH / groups));
  }

  /**
   * The turns of one or more backends.
   *
   * @param last the next turn of those that were taken until now; null when there were none
   */
  static SmoothOrder of(Sharers sharers, @Nullable Turn last) {
    Lags lags =
        last != null && last.order() instanceof SmoothOrder before
            ? before.lags(last.position(), sharers)
            : Lags.none(sharers.size());
    Groups groups = Groups.of(sharers, lags);
    return new SmoothOrder(groups, groups.start());
  }

  private Lags lags(int position, Sharers now) {
    Groups.State state = start.copy();
    for (int i = 0; i < position; i++) {
      groups.step(state);
    }
    return groups.lags(state, now);
  }

  @Override
  public int length() {
    return turns.length;
  }

  @Override
  public int at(int position) {
    return turns[position];
  }

  @Override
  public TurnOrder next() {
    return new SmoothOrder(groups, end);
  }
}
