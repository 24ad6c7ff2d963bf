package io.loble.model;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The few connections that a backend out of rotation is granted, to show how it does. Every method
 * may be called from any thread; none locks.
 */
public final class Trial {

  private final AtomicInteger granted = new AtomicInteger();

  /** Grants one connection. Called by health only. */
  public void grant() {
    grant(1);
  }

  /** Grants so many connections, in place of those granted before. Called by health only. */
  public void grant(int connections) {
    granted.set(connections);
  }

  /** Withdraws a grant that was not used. Called by health only. */
  public void revoke() {
    granted.set(0);
  }

  /** Takes one granted connection; false if there is none, or others have taken them. */
  public boolean take() {
    int left = granted.get();
    while (left > 0) {
      if (granted.compareAndSet(left, left - 1)) {
        return true;
      }
      left = granted.get();
    }
    return false;
  }

  /** Whether {@link #take} would take one now. */
  public boolean isGranted() {
    return granted.get() > 0;
  }
}
