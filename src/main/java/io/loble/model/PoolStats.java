package io.loble.model;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all cores must share of a pool for its balancing to be exact. One object a pool, kept from
 * snapshot to snapshot; it does not lock.
 */
public final class PoolStats {

  private final AtomicLong rotation = new AtomicLong();

  /** The next turn, counted from 0 over all cores. */
  public long nextTurn() {
    return rotation.getAndIncrement();
  }

  /** The turn that {@link #nextTurn} would take now. */
  public long turn() {
    return rotation.get();
  }
}
