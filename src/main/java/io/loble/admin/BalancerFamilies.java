package io.loble.admin;

import io.loble.control.ProcessStatus;
import io.loble.control.RunningBalancer;
import io.loble.model.BuildInfo;
import io.loble.model.Snapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** The metrics of the balancer as a whole. */
final class BalancerFamilies {

  private BalancerFamilies() {}

  static List<MetricSnapshot> of(Snapshot snapshot, RunningBalancer balancer) {
    ProcessStatus process = balancer.process();
    return List.of(
        gauge(
            "loble_active_connections",
            "Client connections of the process, on all listeners.",
            balancer.connections().held()),
        gauge(
            "loble_connections_limit",
            "How many client connections there may be.",
            balancer.connections().limit()),
        gauge(
            "loble_draining",
            "1 while the process stops and waits for its connections, else 0.",
            process.draining() ? 1 : 0),
        gauge(
            "loble_config_error",
            "1 while the latest configuration is refused, else 0.",
            process.config().error() == null ? 0 : 1),
        gauge(
            "loble_snapshot_version",
            "Grows whenever the state, weight or membership of a backend changes.",
            snapshot.version()),
        configReloads(process),
        buildInfo());
  }

  private static MetricSnapshot gauge(String name, String help, long value) {
    return Series.gauges(name, help).dataPoint(Series.gauge(Labels.EMPTY, value)).build();
  }

  private static MetricSnapshot configReloads(ProcessStatus process) {
    return Series.counters("loble_config_reloads", "Changed configurations, applied or refused.")
        .dataPoint(Series.counter(Labels.of("result", "success"), process.reloads()))
        .dataPoint(Series.counter(Labels.of("result", "failure"), process.failedReloads()))
        .build();
  }

  private static MetricSnapshot buildInfo() {
    return InfoSnapshot.builder()
        .name("loble_build")
        .help("Always 1; its label is the running version.")
        .dataPoint(new InfoDataPointSnapshot(Labels.of("version", BuildInfo.version())))
        .build();
  }
}
