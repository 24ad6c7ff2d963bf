package io.loble.control;

import io.loble.config.source.FileFacts;
import io.loble.model.Pool;
import io.loble.proxy.ListenerRegistry;
import io.loble.tls.EndingCertificates;
import io.loble.tls.UsedCertificate;
import io.loble.upstream.BackendTls;
import io.loble.upstream.SnapshotStore;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns in the log once a day of certificates in use that soon end or have ended. When files are
 * loaded, whatever loads them warns.
 */
public final class CertificateWatch {

  private static final Logger log = LoggerFactory.getLogger("loble.tls");
  private static final Duration PERIOD = Duration.ofDays(1);

  private final ListenerRegistry listeners;
  private final SnapshotStore snapshots;
  private final BackendTls backends;

  CertificateWatch(Vertx vertx) {
    this.listeners = new ListenerRegistry(vertx);
    this.snapshots = new SnapshotStore(vertx);
    this.backends = BackendTls.of(vertx);
  }

  /** Begins, for as long as the verticle that calls this is deployed. */
  public static void start(Vertx vertx) {
    CertificateWatch watch = new CertificateWatch(vertx);
    vertx.setPeriodic(PERIOD.toMillis(), timer -> watch.look(Instant.now()));
  }

  void look(Instant now) {
    warnings(now).forEach(warning -> log.warn("[tls] {}", warning));
  }

  /** A sentence for each, which names who uses it. */
  List<String> warnings(Instant now) {
    List<String> all = new ArrayList<>();
    used()
        .forEach(
            (user, certificates) ->
                EndingCertificates.among(certificates, now, FileFacts.SOON)
                    .forEach(warning -> all.add(user + ": " + warning)));
    return all;
  }

  private Map<String, List<UsedCertificate>> used() {
    Map<String, List<UsedCertificate>> all = new LinkedHashMap<>();
    for (ListenerRegistry.Entry listener : listeners.entries()) {
      all.put("listener " + listener.name(), listener.security().certificates());
    }
    Optional.ofNullable(snapshots.current()).stream()
        .flatMap(snapshot -> snapshot.pools().values().stream())
        .forEach(pool -> all.put("pool " + pool.name(), own(pool)));
    return all;
  }

  private List<UsedCertificate> own(Pool pool) {
    return backends.certificate(pool.outbound().tls()).stream().toList();
  }
}
