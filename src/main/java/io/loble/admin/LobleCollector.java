package io.loble.admin;

import io.loble.control.RunningBalancer;
import io.loble.model.Snapshot;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;

/**
 * The metrics of one balancer, read from its snapshot and its counters when asked. So a metric
 * costs a connection nothing, and a backend's series come and go with the backend.
 *
 * <p>It belongs to a Vert.x instance, of which a process may have several, and is therefore not
 * registered with the one registry of the process.
 */
final class LobleCollector implements MultiCollector {

  private final RunningBalancer balancer;

  LobleCollector(RunningBalancer balancer) {
    this.balancer = balancer;
  }

  @Override
  public MetricSnapshots collect() {
    // One snapshot for the whole page, so that all its families show the same backends.
    Snapshot snapshot = balancer.snapshot();
    List<MetricSnapshot> families = new ArrayList<>();
    families.addAll(ListenerFamilies.of(balancer.listeners(), balancer.transport()));
    families.addAll(AccessFamilies.of(balancer.listeners()));
    families.addAll(BackendFamilies.of(snapshot));
    families.addAll(PoolFamilies.of(snapshot));
    families.addAll(DiscoveryFamilies.of(snapshot));
    families.addAll(RequestFamilies.of(snapshot, balancer.listeners()));
    families.addAll(TlsFamilies.of(snapshot, balancer));
    families.add(LoopFamilies.lag(balancer.loops()));
    families.addAll(BalancerFamilies.of(snapshot, balancer));
    return new MetricSnapshots(families);
  }
}
