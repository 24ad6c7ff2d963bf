package io.loble.model;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one connection that a backend out of rotation is granted, to show how it does. Every method
 * may be called from any thread; none locks.
 */
public final class Trial {

  private final AtomicBoolean granted = new AtomicBoolean();

  /** Grants one connection. Called by health only. */
  public void grant() {
    granted.set(true);
  }

  /** Withdraws a grant that was not used. Called by health only. */
  public void revoke() {
    granted.set(false);
  }

  /** Takes the granted trial; false if there is none, or another connection has taken it. */
  public boolean take() {
    return granted.get() && granted.compareAndSet(true, false);
  }

  /** Whether {@link #take} would take one now. */
  public boolean isGranted() {
    return granted.get();
  }
}
