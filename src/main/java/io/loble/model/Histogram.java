package io.loble.model;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.LongAdder;

/**
 * Durations counted in fixed buckets. Any thread may record and read; a reading taken while others
 * record may miss what is being recorded at that moment, never what was recorded before.
 */
public final class Histogram {

  private final long[] boundsNanos;
  private final double[] boundsSeconds;
  private final LongAdder[] counts;
  private final LongAdder sumNanos = new LongAdder();

  /**
   * @param boundsSeconds the buckets' inclusive upper bounds, rising; a last bucket without a bound
   *     is added
   */
  public Histogram(double... boundsSeconds) {
    this.boundsSeconds = boundsSeconds.clone();
    this.boundsNanos = new long[boundsSeconds.length];
    this.counts = new LongAdder[boundsSeconds.length + 1];
    for (int i = 0; i < boundsSeconds.length; i++) {
      boundsNanos[i] = Math.round(boundsSeconds[i] * 1e9);
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  /** For how long connections last: from a millisecond to four hours. */
  static Histogram ofConnections() {
    return new Histogram(
        0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600, 14400);
  }

  /** For how long it takes to connect, or to agree on TLS: from half a millisecond to 5 s. */
  public static Histogram ofConnects() {
    return new Histogram(
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5);
  }

  /** For how long requests take: from a millisecond to a minute. */
  static Histogram ofRequests() {
    return new Histogram(
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60);
  }

  /** For how long clients wait for room: from a millisecond to a minute. */
  static Histogram ofWaits() {
    return new Histogram(0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60);
  }

  /** Counts one duration. */
  public void recordNanos(long nanos) {
    int bucket = 0;
    while (bucket < boundsNanos.length && nanos > boundsNanos[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    sumNanos.add(nanos);
  }

  /** The buckets' upper bounds in seconds, without the last, unbounded one. */
  public double[] boundsSeconds() {
    return boundsSeconds.clone();
  }

  /** How many durations each bucket holds (not cumulative); one more than there are bounds. */
  public long[] counts() {
    long[] result = new long[counts.length];
    for (int i = 0; i < counts.length; i++) {
      result[i] = counts[i].sum();
    }
    return result;
  }

  /**
   * The duration that such a share of all did not exceed, as far as the buckets tell: within a
   * bucket they are taken to lie evenly, and those above the last bound to be as long as that.
   *
   * @param share above 0, at most 1
   * @return empty when none was recorded
   */
  public OptionalDouble quantileSeconds(double share) {
    return quantileSeconds(boundsSeconds, counts(), share);
  }

  /**
   * The same of durations that were counted in buckets elsewhere.
   *
   * @param bounds the buckets' upper bounds, as {@link #boundsSeconds}
   * @param held how many durations each bucket holds, as {@link #counts}
   */
  public static OptionalDouble quantileSeconds(double[] bounds, long[] held, double share) {
    long all = Arrays.stream(held).sum();
    if (all == 0) {
      return OptionalDouble.empty();
    }
    double wanted = share * all;
    long below = 0;
    int bucket = 0;
    while (bucket < bounds.length && below + held[bucket] < wanted) {
      below += held[bucket];
      bucket++;
    }
    if (bucket == bounds.length) {
      return OptionalDouble.of(bounds[bucket - 1]);
    }
    double from = bucket == 0 ? 0 : bounds[bucket - 1];
    double part = (wanted - below) / held[bucket];
    return OptionalDouble.of(from + (bounds[bucket] - from) * part);
  }

  /** The sum of all durations, in seconds. */
  public double sumSeconds() {
    return sumNanos.sum() / 1e9;
  }
}
