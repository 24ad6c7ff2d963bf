package io.loble.admin;

import io.loble.model.Pool;
import io.loble.model.PoolStats;
import io.loble.model.Snapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** The metrics of pools as a whole. */
final class PoolFamilies {

  private final CounterSnapshot.Builder retries =
      Series.counters("loble_pool_retries", "Further attempts after connects that failed.");
  private final CounterSnapshot.Builder retriesRefused =
      Series.counters(
          "loble_pool_retries_refused", "Further attempts that the retry budget did not allow.");

  private PoolFamilies() {}

  static List<MetricSnapshot> of(Snapshot snapshot) {
    PoolFamilies families = new PoolFamilies();
    snapshot.pools().values().forEach(families::add);
    return List.of(families.retries.build(), families.retriesRefused.build());
  }

  private void add(Pool pool) {
    Labels labels = Labels.of("pool", pool.name());
    PoolStats stats = pool.stats();
    retries.dataPoint(Series.counter(labels, stats.retries().made()));
    retriesRefused.dataPoint(Series.counter(labels, stats.retries().refused()));
  }
}
