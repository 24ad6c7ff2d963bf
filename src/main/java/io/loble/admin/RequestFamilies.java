package io.loble.admin;

import io.loble.model.Backend;
import io.loble.model.Pool;
import io.loble.model.RequestCounters;
import io.loble.model.Snapshot;
import io.loble.proxy.ListenerRegistry;
import io.loble.proxy.RequestUse;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;

/** The metrics of requests. Where connections are balanced there is no series. */
final class RequestFamilies {

  private final CounterSnapshot.Builder ofListeners =
      Series.counters("loble_listener_requests", "Requests of clients that are over.");
  private final HistogramSnapshot.Builder listenerSeconds =
      Series.histograms(
              "loble_listener_request_seconds",
              "How long requests took, from their head to the end of their answer.")
          .unit(Unit.SECONDS);
  private final CounterSnapshot.Builder ofBackends =
      Series.counters(
          "loble_backend_requests",
          "Requests that backends were sent, each counted once, for the last.");
  private final HistogramSnapshot.Builder poolSeconds =
      Series.histograms(
              "loble_pool_request_seconds",
              "How long requests took that were led to the pool, whoever answered them.")
          .unit(Unit.SECONDS);

  private RequestFamilies() {}

  static List<MetricSnapshot> of(Snapshot snapshot, List<ListenerRegistry.Entry> listeners) {
    RequestFamilies families = new RequestFamilies();
    RequestUse use = RequestUse.of(listeners);
    listeners.stream().filter(RequestUse::isBalanced).forEach(families::add);
    snapshot.pools().values().stream().filter(use::isBalanced).forEach(families::add);
    return List.of(
        families.ofListeners.build(),
        families.listenerSeconds.build(),
        families.ofBackends.build(),
        families.poolSeconds.build());
  }

  private void add(ListenerRegistry.Entry listener) {
    Labels labels = Labels.of("listener", listener.name());
    RequestCounters requests = listener.stats().requests();
    add(ofListeners, labels, requests);
    listenerSeconds.dataPoint(Series.histogram(labels, requests.seconds()));
  }

  private void add(Pool pool) {
    for (Backend backend : pool.backends()) {
      Labels labels = Labels.of("pool", pool.name(), "backend", backend.name());
      add(ofBackends, labels, backend.stats().requests());
    }
    poolSeconds.dataPoint(
        Series.histogram(Labels.of("pool", pool.name()), pool.stats().requests().seconds()));
  }

  private static void add(CounterSnapshot.Builder family, Labels labels, RequestCounters requests) {
    for (int each = RequestCounters.NONE; each <= RequestCounters.MOST; each++) {
      Labels withCode = labels.add("code", RequestCounters.label(each));
      family.dataPoint(Series.counter(withCode, requests.total(each)));
    }
  }
}
