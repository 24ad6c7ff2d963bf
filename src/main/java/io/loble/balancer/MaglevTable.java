package io.loble.balancer;

import io.loble.model.Backend;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which backend has which slot of a table of a prime size. Each backend has an order of slots of
 * its own, made of its name; in turns, as often as its weight says, each takes the next of its
 * slots that is free. D. Eisenbud and others, "Maglev: A Fast and Reliable Software Network Load
 * Balancer" (NSDI 2016), section 3.4; the weights as Envoy has them.
 *
 * <p>It depends on names and weights only, not on the order of the backends. Immutable.
 */
final class MaglevTable {

  /**
   * A prime, a hundred times as large as a large pool, so that shares are even within a percent.
   */
  static final int SIZE = 65_537;

  private static final int FREE = -1;

  private final int[] slots;

  private MaglevTable(int[] slots) {
    this.slots = slots;
  }

  /** Whose slot it is, as an index into the backends. */
  int at(int slot) {
    return slots[slot];
  }

  /** The slot of a client. */
  static int slot(long hash) {
    return (int) Long.remainderUnsigned(hash, SIZE);
  }

  /** The table of one or more backends, all of them with a weight. Takes a millisecond or more. */
  static MaglevTable of(List<Backend> backends) {
    Filling filling = new Filling(backends);
    while (!filling.isFull()) {
      filling.round();
    }
    return new MaglevTable(filling.slots);
  }

  /** A table that is being made. */
  private static final class Filling {

    private final int[] slots = new int[SIZE];
    private final int[] order;
    private final int[] next;
    private final int[] skip;
    private final long[] units;
    private final long[] due;
    private final long most;
    private int taken;

    Filling(List<Backend> backends) {
      int count = backends.size();
      order = byName(backends);
      next = new int[count];
      skip = new int[count];
      units = backends.stream().mapToLong(Sharers::units).toArray();
      due = new long[count];
      most = Arrays.stream(units).max().orElseThrow();
      for (int i = 0; i < count; i++) {
        long hash = Hash.of(backends.get(i).name());
        next[i] = (int) Long.remainderUnsigned(hash, SIZE);
        skip[i] = 1 + (int) Long.remainderUnsigned(Hash.mix(hash + 1), SIZE - 1);
      }
      Arrays.fill(slots, FREE);
    }

    private static int[] byName(List<Backend> backends) {
      Integer[] order = new Integer[backends.size()];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, Comparator.comparing(i -> backends.get(i).name()));
      return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    boolean isFull() {
      return taken == SIZE;
    }

    /** The heaviest take a slot in each round, the others when they are owed a whole one. */
    void round() {
      for (int i : order) {
        due[i] += units[i];
        if (due[i] >= most && !isFull()) {
          due[i] -= most;
          take(i);
        }
      }
    }

    private void take(int backend) {
      int slot = next[backend];
      while (slots[slot] != FREE) {
        slot = after(slot, backend);
      }
      slots[slot] = backend;
      next[backend] = after(slot, backend);
      taken++;
    }

    private int after(int slot, int backend) {
      int following = slot + skip[backend];
      return following >= SIZE ? following - SIZE : following;
    }
  }
}
