package io.loble.admin;

import io.loble.control.ProcessStatus;
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

  static List<MetricSnapshot> of(Snapshot snapshot, ProcessStatus process) {
    return List.of(snapshotVersion(snapshot), configReloads(process), buildInfo());
  }

  private static MetricSnapshot snapshotVersion(Snapshot snapshot) {
    return Series.gauges(
            "loble_snapshot_version",
            "Grows whenever the state, weight or membership of a backend changes.")
        .dataPoint(Series.gauge(Labels.EMPTY, snapshot.version()))
        .build();
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
        .help("Always 1; its label is the version that runs.")
        .dataPoint(new InfoDataPointSnapshot(Labels.of("version", BuildInfo.version())))
        .build();
  }
}
