package io.loble.balancer;

import io.loble.model.Backend;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws of backends, each with a probability in proportion to its weight. Belongs to one thread.
 */
final class WeightedDraws {

  /** So often the first may be drawn again, before the others are gone through. */
  private static final int MOST_REPEATS = 8;

  private static final boolean[] NONE = {};

  private final RandomGenerator random;
  private final long[] units;

  /** Of each backend and those before it. */
  private final long[] sums;

  /**
   * @param backends one or more, all of them with a weight
   */
  WeightedDraws(List<Backend> backends, RandomGenerator random) {
    this.random = random;
    this.units = backends.stream().mapToLong(Sharers::units).toArray();
    this.sums = units.clone();
    for (int i = 1; i < sums.length; i++) {
      sums[i] += sums[i - 1];
    }
  }

  /** The probability of a backend to be drawn first. */
  double chance(int index) {
    return (double) units[index] / all();
  }

  private long all() {
    return sums[sums.length - 1];
  }

  /** Begins to draw, without putting back. */
  Draw begin() {
    return new Draw();
  }

  private int holder(long ticket) {
    int found = Arrays.binarySearch(sums, ticket);
    return found < 0 ? -found - 1 : found + 1;
  }

  /** One draw after another, each backend once. */
  final class Draw {

    private boolean[] drawn = NONE;
    private int count;
    private int first;
    private int last;
    private long unitsLeft = all();

    boolean hasNext() {
      return count < units.length;
    }

    /** The index of a backend that was not drawn yet; there is one. */
    int next() {
      int index =
          switch (count) {
            case 0 -> holder(random.nextLong(unitsLeft));
            case 1 -> second();
            default -> another();
          };
      first = count == 0 ? index : first;
      last = index;
      count++;
      unitsLeft -= units[index];
      return index;
    }

    /** To draw until it is not the first is the same as to draw among the others, and faster. */
    private int second() {
      for (int i = 0; i < MOST_REPEATS; i++) {
        int index = holder(random.nextLong(all()));
        if (index != first) {
          return index;
        }
      }
      return another();
    }

    private int another() {
      if (drawn.length == 0) {
        drawn = new boolean[units.length];
        drawn[first] = true;
      }
      drawn[last] = true;
      long left = random.nextLong(unitsLeft);
      int index = -1;
      while (left >= 0) {
        index++;
        if (!drawn[index]) {
          left -= units[index];
        }
      }
      return index;
    }
  }
}
