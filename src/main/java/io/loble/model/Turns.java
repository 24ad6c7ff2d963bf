package io.loble.model;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The turns of one set of backends with their weights. All cores take from them, each turn once, so
 * that shares are exact over all cores. Every method may be called from any thread; none locks. A
 * turn costs one atomic operation; the core that comes to the end of a stretch works out the next.
 */
public final class Turns {

  private final Object sharers;
  private final AtomicReference<Stretch> current;

  /**
   * @param sharers who takes turns, with which weight
   * @param number of the first turn
   */
  Turns(Object sharers, TurnOrder order, long number) {
    this.sharers = sharers;
    this.current = new AtomicReference<>(new Stretch(order, number));
  }

  /** The next turn, which no other caller gets. */
  public Turn take() {
    while (true) {
      Stretch stretch = Objects.requireNonNull(current.get());
      int position = stretch.taken.getAndIncrement();
      if (position < stretch.order.length()) {
        return stretch.turn(position);
      }
      current.compareAndSet(stretch, stretch.next());
    }
  }

  /** The turn that {@link #take} would take now. */
  public Turn peek() {
    Stretch stretch = Objects.requireNonNull(current.get());
    int position = stretch.taken.get();
    return position < stretch.order.length() ? stretch.turn(position) : stretch.next().turn(0);
  }

  boolean areOf(Object others) {
    return sharers.equals(others);
  }

  /** A stretch and how far it is used up; not linked to the next, so that it can be collected. */
  private static final class Stretch {

    private final TurnOrder order;
    private final long firstNumber;
    private final AtomicInteger taken = new AtomicInteger();

    Stretch(TurnOrder order, long firstNumber) {
      this.order = order;
      this.firstNumber = firstNumber;
    }

    Turn turn(int position) {
      return new Turn(order, position, firstNumber + position);
    }

    Stretch next() {
      return new Stretch(order.next(), firstNumber + order.length());
    }
  }
}
