package io.loble.model;

import java.util.concurrent.atomic.LongAdder;

/**
 * How long a backend took to answer clients, in sum: to be connected to, and from what a client
 * said until its first byte. Every method may be called from any thread; none locks.
 */
public final class AnswerTimes {

  private final LongAdder count = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  /** Adds a connection that the backend has answered. */
  public void record(long nanosToAnswer) {
    count.increment();
    nanos.add(nanosToAnswer);
  }

  /** How many connections were answered. */
  public long count() {
    return count.sum();
  }

  /** The sum of their times. */
  public long nanos() {
    return nanos.sum();
  }
}
