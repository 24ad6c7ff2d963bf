package io.loble.history;

import io.loble.model.Histogram;
import java.util.Arrays;

/** How the durations of some time were spread over the buckets of a {@link Histogram}. */
final class Spread {

  private static final double MILLIS = 1e3;

  private double[] boundsSeconds = {};
  private long[] counts = {};
  private double seconds;

  /**
   * Takes in what a histogram has grown by.
   *
   * @param grown for each bucket of it
   * @param grownSeconds the sum of those durations
   */
  void grow(Histogram histogram, long[] grown, double grownSeconds) {
    if (counts.length == 0) {
      begin(histogram.boundsSeconds());
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += grown[i];
    }
    seconds += grownSeconds;
  }

  void add(Spread other) {
    if (other.counts.length == 0) {
      return;
    }
    if (counts.length == 0) {
      begin(other.boundsSeconds);
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    seconds += other.seconds;
  }

  void clear() {
    Arrays.fill(counts, 0);
    seconds = 0;
  }

  /** The duration that such a share of all did not exceed; NaN when there was none. */
  double quantileMillis(double share) {
    return counts.length == 0
        ? Double.NaN
        : Histogram.quantileSeconds(boundsSeconds, counts, share).orElse(Double.NaN) * MILLIS;
  }

  /** The mean; NaN when there was none. */
  double meanMillis() {
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    return all == 0 ? Double.NaN : seconds / all * MILLIS;
  }

  private void begin(double[] bounds) {
    boundsSeconds = bounds;
    counts = new long[bounds.length + 1];
  }
}
