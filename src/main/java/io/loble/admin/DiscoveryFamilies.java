package io.loble.admin;

import io.loble.model.Discovered;
import io.loble.model.DiscoveryStats;
import io.loble.model.Pool;
import io.loble.model.Snapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The metrics of sources that pools find backends by. Without sources there is no series. */
final class DiscoveryFamilies {

  private static final double MILLIS_PER_SECOND = 1e3;

  /** What an answer may be. */
  private static final List<Discovered.State> RESULTS =
      Arrays.stream(Discovered.State.values())
          .filter(state -> state != Discovered.State.WAITING)
          .toList();

  private final GaugeSnapshot.Builder backends =
      Series.gauges(
          "loble_discovery_backends", "Backends of its last good answer that are in use.");
  private final GaugeSnapshot.Builder up =
      Series.gauges("loble_discovery_up", "1 while its last answer says who is there, else 0.");
  private final CounterSnapshot.Builder answers =
      Series.counters("loble_discovery_answers", "Answers of the source, by what they were.");
  private final CounterSnapshot.Builder changes =
      Series.counters("loble_discovery_changes", "Times that its backends have changed.");
  private final GaugeSnapshot.Builder lastAnswer =
      Series.gauges(
              "loble_discovery_last_answer_timestamp_seconds",
              "When it has last said who is there; 0 for never.")
          .unit(Unit.SECONDS);

  private DiscoveryFamilies() {}

  static List<MetricSnapshot> of(Snapshot snapshot) {
    DiscoveryFamilies families = new DiscoveryFamilies();
    snapshot.pools().values().forEach(families::add);
    return List.of(
        families.backends.build(),
        families.up.build(),
        families.answers.build(),
        families.changes.build(),
        families.lastAnswer.build());
  }

  private void add(Pool pool) {
    pool.stats().discovery().all().forEach(source -> add(pool.name(), source));
  }

  private void add(String pool, DiscoveryStats.OfSource source) {
    Discovered now = source.now();
    Labels labels = Labels.of("pool", pool, "source", now.source().label());
    backends.dataPoint(Series.gauge(labels, now.backends()));
    up.dataPoint(Series.gauge(labels, now.state().isGood() ? 1 : 0));
    for (Discovered.State result : RESULTS) {
      Labels withResult = labels.add("result", result.label());
      answers.dataPoint(Series.counter(withResult, source.total(result)));
    }
    changes.dataPoint(Series.counter(labels, source.changes()));
    lastAnswer.dataPoint(Series.gauge(labels, seconds(now.answeredAt())));
  }

  private static double seconds(@Nullable Instant at) {
    return at == null ? 0 : at.toEpochMilli() / MILLIS_PER_SECOND;
  }
}
