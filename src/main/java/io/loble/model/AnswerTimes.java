package io.loble.model;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long a backend took to answer clients, in sum and lately: to be connected to, and from what a
 * client said until its first byte. Every method may be called from any thread; none locks.
 */
public final class AnswerTimes {

  /** As which a connection counts that was not answered; else who fails at once is the fastest. */
  public static final long FAILED_NANOS = 1_000_000_000;

  /** As slow as that is one that was asked for the first time, until it has answered. */
  private static final double UNKNOWN_NANOS = 1e9;

  private final LongAdder count = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final PeakEwma recent = new PeakEwma();
  private final AtomicInteger awaited = new AtomicInteger();
  private volatile long awaitedSince;

  /** A connection is about to be made; {@link #noLongerAwaited} is to be called once. */
  public void awaited(long nowNanos) {
    awaitedSince = nowNanos;
    awaited.incrementAndGet();
  }

  /** A connection was answered, or has come to an end without that. */
  public void noLongerAwaited() {
    awaited.decrementAndGet();
  }

  /**
   * How long the next connection will take to be answered, in nanoseconds, by what those before it
   * took; 0 when nothing is known. What was long ago counts less, so that a slow backend is tried
   * again. From then on it counts as slow as it was, and an unknown one as slow, until it answers;
   * but that too counts less and less, since a client that says nothing is never answered.
   */
  public double expectedNanos(long nowNanos) {
    double recently = recent.at(nowNanos);
    if (awaited.get() == 0) {
      return recently;
    }
    double last = recent.last();
    double feared = last == 0 ? UNKNOWN_NANOS : last;
    return Math.max(recently, feared * PeakEwma.kept(nowNanos - awaitedSince));
  }

  /** Adds a connection that the backend has answered. */
  public void record(long nanosToAnswer, long nowNanos) {
    count.increment();
    nanos.add(nanosToAnswer);
    recent.record(nanosToAnswer, nowNanos);
  }

  /** Adds one that could not be made, or that the backend has ended without an answer. */
  public void failed(long nowNanos) {
    failures.increment();
    recent.record(FAILED_NANOS, nowNanos);
  }

  /**
   * Adds one whose client has left before it was answered.
   *
   * @param nanosWaited from what the client said last
   */
  public void gaveUp(long nanosWaited, long nowNanos) {
    if (nanosWaited >= FAILED_NANOS) {
      failures.increment();
    }
    if (nanosWaited > recent.at(nowNanos)) {
      recent.record(nanosWaited, nowNanos);
    }
  }

  /** How many connections were answered. */
  public long count() {
    return count.sum();
  }

  /** The sum of their times. */
  public long nanos() {
    return nanos.sum();
  }

  /** How many connections failed, which are not among those that were answered. */
  public long failures() {
    return failures.sum();
  }

  /** How long the last ones took, those included that failed, which count as a second. */
  public PeakEwma recent() {
    return recent;
  }
}
