package io.loble.upstream.health;

import io.loble.config.Ejection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Finds the backends of a pool that do worse than the others. Pure.
 *
 * <p>By success rate: those below the mean by more than so many standard deviations, as Envoy's
 * outlier detection has it; with n backends none is below by more than sqrt(n - 1) of them, so that
 * 1.9 takes at least five. By time: those that take a multiple of the median.
 */
public final class Outliers {

  private static final double NANOS_PER_MILLI = 1e6;

  /** The fewest backends that have a median which one of them cannot make. */
  private static final int LEAST_COMPARED = 3;

  private Outliers() {}

  /**
   * What one backend did in an interval.
   *
   * @param successes connections that succeeded
   * @param failures connections that did not
   * @param answers connections whose answer was timed
   * @param answerNanos the sum of their times
   */
  public record Sample(long successes, long failures, long answers, long answerNanos) {

    long connections() {
      return successes + failures;
    }

    double successRate() {
      return (double) successes / connections();
    }

    double meanNanos() {
      return (double) answerNanos / answers;
    }
  }

  /**
   * A backend that stands out.
   *
   * @param index of its sample
   * @param why in words
   */
  public record Outlier(int index, String why) {}

  /** Those that stand out, each once. */
  public static List<Outlier> of(List<Sample> samples, Ejection rules) {
    List<Outlier> found = new ArrayList<>(bySuccess(samples, rules.successRate()));
    if (rules.slow() > 0) {
      int least = rules.successRate().minimumConnections();
      for (Outlier slow : byTime(samples, rules.slow(), least)) {
        if (found.stream().noneMatch(other -> other.index() == slow.index())) {
          found.add(slow);
        }
      }
    }
    return found;
  }

  private static List<Outlier> bySuccess(List<Sample> samples, Ejection.SuccessRate rules) {
    List<Sample> compared =
        samples.stream().filter(s -> s.connections() >= rules.minimumConnections()).toList();
    double mean = compared.stream().mapToDouble(Sample::successRate).average().orElse(1);
    double variance =
        compared.stream().mapToDouble(s -> Math.pow(s.successRate() - mean, 2)).average().orElse(0);
    double least = mean - rules.standardDeviations() * Math.sqrt(variance);
    List<Outlier> found = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      if (compared.contains(sample) && sample.failures() > 0 && sample.successRate() < least) {
        found.add(new Outlier(i, rates(sample.successRate(), mean)));
      }
    }
    return found;
  }

  private static String rates(double own, double mean) {
    return String.format(
        Locale.ROOT,
        "%.1f %% of its connections succeed, %.1f %% on average",
        100 * own,
        100 * mean);
  }

  private static List<Outlier> byTime(List<Sample> samples, double multiple, int least) {
    double[] times =
        samples.stream()
            .filter(s -> s.answers() >= least)
            .mapToDouble(Sample::meanNanos)
            .sorted()
            .toArray();
    List<Outlier> found = new ArrayList<>();
    if (times.length < LEAST_COMPARED) {
      return found;
    }
    double median = median(times);
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      if (sample.answers() >= least && sample.meanNanos() > multiple * median) {
        found.add(new Outlier(i, times(sample.meanNanos(), median)));
      }
    }
    return found;
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
  }

  private static String times(double own, double median) {
    return String.format(
        Locale.ROOT,
        "it takes %.1f ms to answer, the median is %.1f ms",
        own / NANOS_PER_MILLI,
        median / NANOS_PER_MILLI);
  }
}
