package io.loble.upstream.health;

import io.loble.model.LearningRange;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Moves weights so that backends come to take the same time to answer. Pure.
 *
 * <p>An integral controller on each backend's time against the median of its pool: as long as it
 * takes longer than the others its weight falls, so it gets less to do, and takes less long if what
 * it has to do is why. It moves by a twentieth a step, so that the times show what the last steps
 * have come to; a tenth off the median is as good as on it.
 *
 * <p>Clients are compared with clients. Probes, which wait for less, are compared with each other
 * while there are no clients.
 */
public final class Learning {

  private static final double STEP = 1.05;
  private static final double CLOSE = 1.1;

  private Learning() {}

  /**
   * The next factors that weights are to be multiplied with.
   *
   * @param factors those until now, within the range
   * @param paces how fast each was since the last step
   */
  public static double[] step(double[] factors, List<Pace> paces, LearningRange range) {
    ToDoubleFunction<Pace> compared =
        paces.stream().anyMatch(pace -> pace.clientNanos() > 0)
            ? Pace::clientNanos
            : Pace::probeNanos;
    double[] known = paces.stream().mapToDouble(compared).filter(nanos -> nanos > 0).toArray();
    double median = known.length > 1 ? median(known) : 0;
    double[] next = new double[factors.length];
    for (int i = 0; i < next.length; i++) {
      double nanos = compared.applyAsDouble(paces.get(i));
      double ratio = nanos > 0 && median > 0 ? median / nanos : 1;
      double moved = paces.get(i).forgotten() ? towardsOne(factors[i]) : moved(factors[i], ratio);
      next[i] = range.clamp(moved);
    }
    return next;
  }

  /**
   * The factor a step further.
   *
   * @param ratio above 1 for a backend that is faster than the median
   */
  private static double moved(double factor, double ratio) {
    if (ratio < CLOSE && ratio > 1 / CLOSE) {
      return factor;
    }
    return ratio > 1 ? factor * STEP : factor / STEP;
  }

  /** What was learnt of one that nobody hears of is forgotten, so that it is tried again. */
  private static double towardsOne(double factor) {
    if (factor < 1) {
      return Math.min(1, factor * STEP);
    }
    return Math.max(1, factor / STEP);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
