package io.loble.model;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * The places for connections on one backend, and the connects to it that are under way. Every
 * method may be called from any thread; none locks.
 */
public final class Admission {

  private static final AtomicIntegerFieldUpdater<Admission> ACTIVE =
      AtomicIntegerFieldUpdater.newUpdater(Admission.class, "active");

  /** Not in an object of its own: that of every backend is read for a choice. */
  private volatile int active;

  private final AtomicInteger peak = new AtomicInteger();
  private final ConnectSlots connectSlots = new ConnectSlots();

  /**
   * Takes a place for one more connection. After {@code true}, {@link #release} is to be called
   * exactly once.
   *
   * @param maxConnections the most that may be active at once; 0 for no bound
   */
  public boolean tryAcquire(int maxConnections) {
    if (maxConnections == 0) {
      reached(ACTIVE.incrementAndGet(this));
      return true;
    }
    int now = active;
    while (now < maxConnections) {
      if (ACTIVE.compareAndSet(this, now, now + 1)) {
        reached(now + 1);
        return true;
      }
      now = active;
    }
    return false;
  }

  /** Whether {@link #tryAcquire} would take a place now. */
  public boolean hasRoom(int maxConnections) {
    return maxConnections == 0 || active < maxConnections;
  }

  /**
   * Gives back a place.
   *
   * @return whether no connection is left
   */
  public boolean release() {
    return ACTIVE.decrementAndGet(this) == 0;
  }

  /** Connections being established or established, not yet ended. */
  public int active() {
    return active;
  }

  /** The most that were active at once so far. */
  public int peak() {
    return peak.get();
  }

  /** Bounds how many connects to this backend are under way. */
  public ConnectSlots connectSlots() {
    return connectSlots;
  }

  /** Most of the time a read: only a new peak is written. */
  private void reached(int now) {
    int seen = peak.get();
    while (now > seen && !peak.compareAndSet(seen, now)) {
      seen = peak.get();
    }
  }
}
