package io.loble.model;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds how many connects to one backend are under way at once, over all cores: a backend that
 * accepts slowly is not sent thousands of handshakes, which would overflow its backlog and then
 * look like a backend that is gone. Who comes when all slots are taken waits, and the longest
 * waiting is next.
 *
 * <p>Every method may be called from any thread; none locks. While there is room, a connect costs
 * two atomic operations.
 */
public final class ConnectSlots {

  /** No more than a common backlog, 128, has room for. */
  public static final int MOST = 128;

  /** So many who have left may stand in the queue before they are cleared away. */
  private static final int LEFT_BEHIND = 1024;

  private final Queue<Waiter> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger left = new AtomicInteger();

  /** A connect that waits for a slot. */
  public final class Waiter {

    private static final int WAITS = 0;
    private static final int SERVED = 1;
    private static final int LEFT = 2;

    private final AtomicInteger state = new AtomicInteger(WAITS);
    private Runnable turn;

    private Waiter(Runnable turn) {
      this.turn = turn;
    }

    /**
     * Waits no more.
     *
     * @return false when a slot was given already: it is to be released, now or when the turn that
     *     was called has come to nothing
     */
    public boolean leave() {
      if (!state.compareAndSet(WAITS, LEFT)) {
        return false;
      }
      // What waits on behalf of a client must not be kept in memory by one who has gone.
      turn = () -> {};
      waiting.decrementAndGet();
      if (left.incrementAndGet() > LEFT_BEHIND + waiting.get()) {
        clearAway();
      }
      return true;
    }

    private boolean serve() {
      return state.compareAndSet(WAITS, SERVED);
    }

    private boolean hasLeft() {
      return state.get() == LEFT;
    }
  }

  /**
   * Takes a slot if there is one and no other connect waits. A caller that got {@code true} calls
   * {@link #release} once.
   */
  public boolean tryTake() {
    return waiting.get() == 0 && take();
  }

  /**
   * Waits for a slot.
   *
   * @param turn called once a slot was taken for it, on any thread, perhaps before this returns;
   *     {@link #release} is to follow
   */
  public Waiter await(Runnable turn) {
    Waiter waiter = new Waiter(turn);
    waiting.incrementAndGet();
    queue.add(waiter);
    handOut();
    return waiter;
  }

  /** Gives a slot back, to the one who has waited longest. */
  public void release() {
    taken.decrementAndGet();
    if (waiting.get() > 0) {
      handOut();
    }
  }

  /** Connects under way. */
  public int taken() {
    return taken.get();
  }

  /** Those who wait for a slot. */
  public int waiting() {
    return waiting.get();
  }

  private boolean take() {
    int now = taken.get();
    while (now < MOST) {
      if (taken.compareAndSet(now, now + 1)) {
        return true;
      }
      now = taken.get();
    }
    return false;
  }

  /** Looks at the queue again after giving a slot back: another one may have come meanwhile. */
  private void handOut() {
    while (!queue.isEmpty() && take()) {
      Waiter next = queue.poll();
      if (next == null) {
        taken.decrementAndGet();
      } else if (next.serve()) {
        waiting.decrementAndGet();
        next.turn.run();
      } else {
        left.decrementAndGet();
        taken.decrementAndGet();
      }
    }
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
}
