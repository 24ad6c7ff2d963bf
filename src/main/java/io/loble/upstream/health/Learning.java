package io.loble.upstream.health;

import io.loble.model.LearningRange;
import java.util.Arrays;

/**
 * Moves weights so that backends come to take the same time to answer. Pure.
 *
 * <p>An integral controller on each backend's time against the median of its pool: as long as it
 * takes longer than the others its weight falls, so it gets less to do, and takes less long if what
 * it has to do is why. It moves by at most a twentieth a step, so that the times show what the last
 * steps have come to; a tenth off the median is as good as on it.
 */
public final class Learning {

  private static final double LONGEST_STEP = 1.05;
  private static final double CLOSE = 1.1;
  private static final double FORGETTING = 0.01;

  private Learning() {}

  /**
   * The next factors that weights are to be multiplied with.
   *
   * @param factors those until now, within the range
   * @param nanos the mean time that each has taken since the last step; 0 where that is not known
   */
  public static double[] step(double[] factors, double[] nanos, LearningRange range) {
    double[] known = Arrays.stream(nanos).filter(each -> each > 0).sorted().toArray();
    double[] next = new double[factors.length];
    for (int i = 0; i < next.length; i++) {
      double moved =
          nanos[i] > 0 && known.length > 1
              ? factors[i] * move(median(known) / nanos[i])
              : towardsOne(factors[i]);
      next[i] = range.clamp(moved);
    }
    return next;
  }

  /**
   * @param ratio above 1 for a backend that is faster than the median
   */
  private static double move(double ratio) {
    if (ratio < CLOSE && ratio > 1 / CLOSE) {
      return 1;
    }
    return Math.max(1 / LONGEST_STEP, Math.min(LONGEST_STEP, ratio));
  }

  /** What was learnt of one that nobody hears of is forgotten, so that it is tried again. */
  private static double towardsOne(double factor) {
    double next = factor + (1 - factor) * FORGETTING;
    return Math.abs(next - 1) < FORGETTING ? 1 : next;
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
