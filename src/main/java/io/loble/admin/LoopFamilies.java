package io.loble.admin;

import io.loble.proxy.ProxyLoop;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;

/** The metrics of the event loops that relay connections. */
final class LoopFamilies {

  private LoopFamilies() {}

  static MetricSnapshot lag(List<ProxyLoop> loops) {
    HistogramSnapshot.Builder lag =
        Series.histograms(
                "loble_event_loop_lag_seconds",
                "How late event loops were with a timer that is due twenty times a second.")
            .unit(Unit.SECONDS);
    loops.forEach(
        loop -> lag.dataPoint(Series.histogram(Labels.of("loop", loop.name()), loop.lagSeconds())));
    return lag.build();
  }
}
