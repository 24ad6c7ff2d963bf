package io.loble.bench;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one peer did in one round.
 *
 * @param errors requests or connections that failed meanwhile
 */
record Sample(Map<Metric, Double> figures, long errors) {

  Sample {
    figures = Collections.unmodifiableMap(new EnumMap<>(figures));
  }

  Sample(Map<Metric, Double> figures) {
    this(figures, 0);
  }

  @Nullable Double figure(Metric metric) {
    return figures.get(metric);
  }

  /** This and one figure more. */
  Sample with(Metric metric, double value) {
    Map<Metric, Double> more = new EnumMap<>(Metric.class);
    more.putAll(figures);
    more.put(metric, value);
    return new Sample(more, errors);
  }
}
