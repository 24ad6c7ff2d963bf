package io.loble.admin;

import io.loble.control.RunningBalancer;
import io.loble.model.Pool;
import io.loble.model.Snapshot;
import io.loble.proxy.ListenerRegistry;
import io.loble.tls.HandshakeStats;
import io.loble.tls.UsedCertificate;
import io.loble.upstream.BackendTls;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The metrics of TLS. Without any there is no series. */
final class TlsFamilies {

  private final Instant now = Instant.now();
  private final CounterSnapshot.Builder ofClients =
      Series.counters("loble_listener_tls_handshakes", "TLS handshakes with clients.");
  private final HistogramSnapshot.Builder clientSeconds =
      Series.histograms(
              "loble_listener_tls_handshake_seconds",
              "How long TLS handshakes with clients took that succeeded.")
          .unit(Unit.SECONDS);
  private final CounterSnapshot.Builder ofBackends =
      Series.counters("loble_pool_tls_handshakes", "TLS handshakes with backends.");
  private final HistogramSnapshot.Builder backendSeconds =
      Series.histograms(
              "loble_pool_tls_handshake_seconds",
              "How long TLS handshakes with backends took that succeeded.")
          .unit(Unit.SECONDS);

  /** By file: several listeners may show the same. */
  private final Map<String, Instant> ends = new TreeMap<>();

  private TlsFamilies() {}

  static List<MetricSnapshot> of(Snapshot snapshot, RunningBalancer balancer) {
    TlsFamilies families = new TlsFamilies();
    balancer.listeners().forEach(families::add);
    snapshot.pools().values().forEach(pool -> families.add(pool, balancer.backendTls()));
    return List.of(
        families.ofClients.build(),
        families.clientSeconds.build(),
        families.ofBackends.build(),
        families.backendSeconds.build(),
        families.expiry());
  }

  private void add(ListenerRegistry.Entry listener) {
    if (listener.config().tls().isOn()) {
      Labels labels = Labels.of("listener", listener.name());
      add(labels, listener.security().stats(), ofClients, clientSeconds);
      listener.security().certificates().forEach(this::add);
    }
  }

  private void add(Pool pool, BackendTls tls) {
    if (pool.outbound().tls().enabled()) {
      Labels labels = Labels.of("pool", pool.name());
      add(labels, tls.stats(pool.name()), ofBackends, backendSeconds);
      tls.certificate(pool.outbound().tls()).ifPresent(this::add);
    }
  }

  private static void add(
      Labels labels,
      HandshakeStats stats,
      CounterSnapshot.Builder handshakes,
      HistogramSnapshot.Builder seconds) {
    for (HandshakeStats.Count count : stats.counts()) {
      Labels how =
          labels
              .add("result", count.result())
              .add("version", count.version())
              .add("resumed", String.valueOf(count.resumed()));
      handshakes.dataPoint(Series.counter(how, count.total()));
    }
    seconds.dataPoint(Series.histogram(labels, stats.seconds()));
  }

  private void add(UsedCertificate certificate) {
    ends.merge(certificate.file(), certificate.notAfter(), (a, b) -> a.isBefore(b) ? a : b);
  }

  private MetricSnapshot expiry() {
    GaugeSnapshot.Builder left =
        Series.gauges(
                "loble_tls_certificate_expiry_seconds",
                "How long the certificates of a file are still valid; negative when one has ended.")
            .unit(Unit.SECONDS);
    ends.forEach(
        (file, end) ->
            left.dataPoint(
                Series.gauge(
                    Labels.of("file", file), end.getEpochSecond() - now.getEpochSecond())));
    return left.build();
  }
}
