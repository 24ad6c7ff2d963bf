package io.loble.admin;

import io.loble.model.Backend;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.ConnectFailure;
import io.loble.model.Snapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;

/** The metrics of backends. */
final class BackendFamilies {

  private final GaugeSnapshot.Builder active =
      Series.gauges(
          "loble_backend_active_connections",
          "Connections being established or established, not yet ended.");
  private final CounterSnapshot.Builder total =
      Series.counters("loble_backend_connections", "Connections established.");
  private final CounterSnapshot.Builder connectFailures =
      Series.counters(
          "loble_backend_connect_failures", "Connections that could not be established.");
  private final CounterSnapshot.Builder bytes =
      Series.counters("loble_backend_bytes", "Bytes relayed.").unit(Unit.BYTES);
  private final GaugeSnapshot.Builder most =
      Series.gauges("loble_backend_max_connections", "Limit of connections; 0 for none.");
  private final GaugeSnapshot.Builder up =
      Series.gauges("loble_backend_up", "1 while the backend is in rotation, else 0.");
  private final GaugeSnapshot.Builder state =
      Series.gauges("loble_backend_state", "1 for the state that the backend is in, else 0.");
  private final GaugeSnapshot.Builder weight =
      Series.gauges(
          "loble_backend_effective_weight",
          "Its share of new connections against the others of its pool; 0 for none.");
  private final CounterSnapshot.Builder ejections =
      Series.counters("loble_backend_ejections", "Times it was ejected.");
  private final CounterSnapshot.Builder openings =
      Series.counters("loble_backend_circuit_openings", "Times its circuit has opened.");
  private final HistogramSnapshot.Builder connectSeconds =
      Series.histograms("loble_backend_connect_seconds", "How long successful connects took.")
          .unit(Unit.SECONDS);

  private BackendFamilies() {}

  static List<MetricSnapshot> of(Snapshot snapshot) {
    BackendFamilies families = new BackendFamilies();
    snapshot.pools().values().stream()
        .forEach(pool -> pool.backends().forEach(b -> families.add(pool.name(), b)));
    return List.of(
        families.active.build(),
        families.most.build(),
        families.total.build(),
        families.connectFailures.build(),
        families.bytes.build(),
        families.up.build(),
        families.state.build(),
        families.weight.build(),
        families.ejections.build(),
        families.openings.build(),
        families.connectSeconds.build());
  }

  private void add(String pool, Backend backend) {
    Labels labels = Labels.of("pool", pool, "backend", backend.name());
    addTraffic(labels, backend.stats());
    most.dataPoint(Series.gauge(labels, backend.maxConnections()));
    addState(labels, backend.state());
    weight.dataPoint(
        Series.gauge(labels, backend.takesConnections() ? backend.effectiveWeight() : 0));
    ejections.dataPoint(Series.counter(labels, backend.stats().counters().ejections()));
    openings.dataPoint(Series.counter(labels, backend.stats().counters().circuitOpenings()));
  }

  private void addTraffic(Labels labels, BackendStats stats) {
    active.dataPoint(Series.gauge(labels, stats.admission().active()));
    total.dataPoint(Series.counter(labels, stats.counters().total()));
    for (ConnectFailure reason : ConnectFailure.values()) {
      Labels withReason = labels.add("reason", reason.label());
      connectFailures.dataPoint(
          Series.counter(withReason, stats.counters().connectFailures(reason)));
    }
    bytes.dataPoint(
        Series.counter(labels.add("direction", "to_backend"), stats.counters().bytesToBackend()));
    bytes.dataPoint(
        Series.counter(labels.add("direction", "to_client"), stats.counters().bytesToClient()));
    connectSeconds.dataPoint(Series.histogram(labels, stats.counters().connectSeconds()));
  }

  private void addState(Labels labels, BackendState current) {
    up.dataPoint(Series.gauge(labels, current.inRotation() ? 1 : 0));
    for (BackendState each : BackendState.values()) {
      state.dataPoint(Series.gauge(labels.add("state", each.label()), each == current ? 1 : 0));
    }
  }
}
