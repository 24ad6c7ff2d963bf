package io.loble.admin;

import io.loble.model.ListenerStats;
import io.loble.model.PumpMode;
import io.loble.model.Rejection;
import io.loble.proxy.ListenerRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;

/** The metrics of listeners. */
final class ListenerFamilies {

  private final CounterSnapshot.Builder accepted =
      Series.counters(
          "loble_listener_connections_accepted",
          "Connections accepted, including those turned away.");
  private final CounterSnapshot.Builder rejected =
      Series.counters(
          "loble_listener_connections_rejected",
          "Connections turned away before a byte was relayed.");
  private final GaugeSnapshot.Builder active =
      Series.gauges("loble_listener_active_connections", "Connections accepted and not yet ended.");
  private final CounterSnapshot.Builder relayed =
      Series.counters(
          "loble_listener_connections_relayed",
          "Connections that had a backend and ended, by how their bytes were relayed.");
  private final CounterSnapshot.Builder spliced =
      Series.counters(
          "loble_listener_spliced_bytes",
          "Bytes that were relayed by splice(2), without leaving the kernel.");
  private final HistogramSnapshot.Builder duration =
      Series.histograms(
              "loble_connection_duration_seconds", "How long connections lasted, accept to end.")
          .unit(Unit.SECONDS);

  private final String transport;

  private ListenerFamilies(String transport) {
    this.transport = transport;
  }

  static List<MetricSnapshot> of(List<ListenerRegistry.Entry> listeners, String transport) {
    ListenerFamilies families = new ListenerFamilies(transport);
    listeners.forEach(families::add);
    return List.of(
        families.accepted.build(),
        families.rejected.build(),
        families.active.build(),
        families.relayed.build(),
        families.spliced.build(),
        families.duration.build());
  }

  private void add(ListenerRegistry.Entry listener) {
    Labels labels = Labels.of("listener", listener.name());
    ListenerStats stats = listener.stats();
    accepted.dataPoint(Series.counter(labels, stats.acceptedTotal()));
    for (Rejection reason : Rejection.values()) {
      Labels withReason = labels.add("reason", reason.label());
      rejected.dataPoint(Series.counter(withReason, stats.rejectedTotal(reason)));
    }
    active.dataPoint(Series.gauge(labels, stats.active()));
    for (PumpMode mode : PumpMode.values()) {
      Labels how = labels.add("transport", transport).add("pump", mode.label());
      relayed.dataPoint(Series.counter(how, stats.relayedTotal(mode)));
    }
    spliced.dataPoint(Series.counter(labels, stats.splicedBytes()));
    duration.dataPoint(Series.histogram(labels, stats.durationSeconds()));
  }
}
