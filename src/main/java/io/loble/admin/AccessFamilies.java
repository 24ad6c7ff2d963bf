package io.loble.admin;

import io.loble.proxy.ListenerRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** The metrics of what listeners know of their clients. */
final class AccessFamilies {

  private AccessFamilies() {}

  static List<MetricSnapshot> of(List<ListenerRegistry.Entry> listeners) {
    GaugeSnapshot.Builder remembered =
        Series.gauges(
            "loble_listener_remembered_clients",
            "Clients that the bounds of each client remember.");
    listeners.forEach(
        listener ->
            remembered.dataPoint(
                Series.gauge(
                    Labels.of("listener", listener.name()), listener.gate().rememberedClients())));
    return List.of(remembered.build());
  }
}
