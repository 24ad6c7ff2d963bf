package io.loble.admin;

import io.loble.model.Histogram;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;

/** Single series in the words of the Prometheus library. */
final class Series {

  private Series() {}

  /**
   * A family of counters without series.
   *
   * @param name without the suffix {@code _total}, which is added on the page
   */
  static CounterSnapshot.Builder counters(String name, String help) {
    return CounterSnapshot.builder().name(name).help(help);
  }

  /** A family of gauges without series. */
  static GaugeSnapshot.Builder gauges(String name, String help) {
    return GaugeSnapshot.builder().name(name).help(help);
  }

  /** A family of histograms without series. */
  static HistogramSnapshot.Builder histograms(String name, String help) {
    return HistogramSnapshot.builder().name(name).help(help);
  }

  static CounterDataPointSnapshot counter(Labels labels, long value) {
    return CounterDataPointSnapshot.builder().labels(labels).value((double) value).build();
  }

  static GaugeDataPointSnapshot gauge(Labels labels, long value) {
    return gauge(labels, (double) value);
  }

  static GaugeDataPointSnapshot gauge(Labels labels, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  static HistogramDataPointSnapshot histogram(Labels labels, Histogram histogram) {
    return HistogramDataPointSnapshot.builder()
        .labels(labels)
        .classicHistogramBuckets(
            ClassicHistogramBuckets.of(withInfinity(histogram), histogram.counts()))
        .sum(histogram.sumSeconds())
        .build();
  }

  private static double[] withInfinity(Histogram histogram) {
    double[] bounds = histogram.boundsSeconds();
    double[] all = Arrays.copyOf(bounds, bounds.length + 1);
    all[bounds.length] = Double.POSITIVE_INFINITY;
    return all;
  }
}
