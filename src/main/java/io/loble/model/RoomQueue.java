package io.loble.model;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The clients of one pool that wait until a backend has room, over all cores. A place that is free
 * is taken first, and then given to the one who has waited longest: those who wait are served in
 * the order in which {@link #join} has put them in. Who begins its choice while somebody waits has
 * to join, and so does not overtake.
 *
 * <p>One per pool. Every method may be called from any thread and none locks.
 *
 * @param <P> what is handed out: a place on a backend
 */
public final class RoomQueue<P> {

  /** So many who have left may stand in the queue before they are cleared away. */
  private static final int LEFT_BEHIND = 1024;

  private final Queue<Waiter> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger left = new AtomicInteger();
  private final LongAdder timeouts = new LongAdder();
  private final Histogram seconds = Histogram.ofWaits();

  /** Where places come from. */
  public interface Room<P> {

    /** Takes a place; null when there is none. */
    @Nullable P take();

    /** Gives a place back for which nobody waits any more, without handing out. */
    void giveBack(P place);
  }

  /** A client that waits. */
  public final class Waiter {

    private static final int WAITS = 0;
    private static final int SERVED = 1;
    private static final int LEFT = 2;

    private final AtomicInteger state = new AtomicInteger(WAITS);
    private volatile Consumer<P> turn;

    private Waiter(Consumer<P> turn) {
      this.turn = turn;
    }

    /**
     * Waits no more.
     *
     * @return false when a place was given already, with which its turn was or will be called
     */
    public boolean leave() {
      if (!state.compareAndSet(WAITS, LEFT)) {
        return false;
      }
      // What waits on behalf of a client must not be kept in memory by one who has gone.
      turn = place -> {};
      waiting.decrementAndGet();
      if (left.incrementAndGet() > LEFT_BEHIND + waiting.get()) {
        clearAway();
      }
      return true;
    }

    private boolean hasLeft() {
      return state.get() == LEFT;
    }
  }

  /**
   * Waits behind all others. {@link #handOut} is to follow, since there may be room already.
   *
   * @param most how many may wait
   * @param turn called with a place that was taken for it, on any thread
   * @return null when so many wait
   */
  public @Nullable Waiter join(int most, Consumer<P> turn) {
    int now = waiting.get();
    while (now < most) {
      if (waiting.compareAndSet(now, now + 1)) {
        Waiter waiter = new Waiter(turn);
        queue.add(waiter);
        return waiter;
      }
      now = waiting.get();
    }
    return null;
  }

  /** Gives what room there is to those who wait. To be called whenever there may be more. */
  public void handOut(Room<P> room) {
    // Looks at the queue again after giving a place back: another one may have come meanwhile.
    while (!queue.isEmpty()) {
      P place = room.take();
      if (place == null) {
        return;
      }
      if (!give(place)) {
        room.giveBack(place);
      }
    }
  }

  private boolean give(P place) {
    for (Waiter next = queue.poll(); next != null; next = queue.poll()) {
      if (next.state.compareAndSet(Waiter.WAITS, Waiter.SERVED)) {
        waiting.decrementAndGet();
        next.turn.accept(place);
        return true;
      }
      left.decrementAndGet();
    }
    return false;
  }

  private void clearAway() {
    queue.removeIf(
        waiter -> {
          boolean gone = waiter.hasLeft();
          if (gone) {
            left.decrementAndGet();
          }
          return gone;
        });
  }

  /** Whether anybody waits. */
  public boolean isAwaited() {
    return waiting.get() > 0;
  }

  /** How many wait. */
  public int waiting() {
    return waiting.get();
  }

  /** A client was served after so long. */
  public void served(long nanos) {
    seconds.recordNanos(nanos);
  }

  /** A client has waited for as long as it may. */
  public void timedOut() {
    timeouts.increment();
  }

  /** How many have waited for as long as they may. */
  public long timeouts() {
    return timeouts.sum();
  }

  /** For how long those waited that were served. */
  public Histogram seconds() {
    return seconds;
  }
}
