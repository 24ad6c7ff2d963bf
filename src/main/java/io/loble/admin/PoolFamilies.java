package io.loble.admin;

import io.loble.model.Pool;
import io.loble.model.PoolStats;
import io.loble.model.Snapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;

/** The metrics of pools as a whole. */
final class PoolFamilies {

  private final CounterSnapshot.Builder retries =
      Series.counters("loble_pool_retries", "Further attempts after connects that failed.");
  private final CounterSnapshot.Builder retriesRefused =
      Series.counters(
          "loble_pool_retries_refused", "Further attempts that the retry budget did not allow.");

  private final GaugeSnapshot.Builder queueLength =
      Series.gauges("loble_pool_queue_length", "Clients that wait until a backend has room.");
  private final HistogramSnapshot.Builder queueSeconds =
      Series.histograms("loble_pool_queue_seconds", "How long those waited that were served.")
          .unit(Unit.SECONDS);
  private final CounterSnapshot.Builder queueTimeouts =
      Series.counters(
          "loble_pool_queue_timeouts", "Clients that waited for as long as they may, in vain.");
  private final GaugeSnapshot.Builder panic =
      Series.gauges(
          "loble_pool_panic", "1 while backends out of rotation get new connections, else 0.");

  private PoolFamilies() {}

  static List<MetricSnapshot> of(Snapshot snapshot) {
    PoolFamilies families = new PoolFamilies();
    snapshot.pools().values().forEach(families::add);
    return List.of(
        families.retries.build(),
        families.retriesRefused.build(),
        families.queueLength.build(),
        families.queueSeconds.build(),
        families.queueTimeouts.build(),
        families.panic.build());
  }

  private void add(Pool pool) {
    Labels labels = Labels.of("pool", pool.name());
    PoolStats stats = pool.stats();
    retries.dataPoint(Series.counter(labels, stats.retries().made()));
    retriesRefused.dataPoint(Series.counter(labels, stats.retries().refused()));
    queueLength.dataPoint(Series.gauge(labels, stats.room().waiting()));
    queueSeconds.dataPoint(Series.histogram(labels, stats.room().seconds()));
    queueTimeouts.dataPoint(Series.counter(labels, stats.room().timeouts()));
    panic.dataPoint(Series.gauge(labels, pool.isInPanic() ? 1 : 0));
  }
}
