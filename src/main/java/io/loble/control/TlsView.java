package io.loble.control;

import io.loble.config.keys.PoolTlsKeys;
import io.loble.model.Pool;
import io.loble.model.PoolTls;
import io.loble.proxy.ListenerRegistry;
import io.loble.proxy.ListenerSecurity;
import io.loble.tls.CertificateFacts;
import io.loble.tls.FailureKind;
import io.loble.tls.HandshakeStats;
import io.loble.tls.UsedCertificate;
import io.loble.upstream.BackendTls;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Renders TLS of listeners and pools as JSON. */
final class TlsView {

  /** So many certificates of a listener are shown; the metrics have all. */
  private static final int MOST_CERTIFICATES = 20;

  /** So many names of a certificate are shown. */
  private static final int MOST_NAMES = 10;

  private TlsView() {}

  /**
   * Of a listener.
   *
   * @param keys of its table in the file; null where it has none
   * @return null where it does not decrypt its clients
   */
  static @Nullable JsonObject of(ListenerRegistry.Entry listener, @Nullable JsonObject keys) {
    if (!listener.config().tls().isOn()) {
      return null;
    }
    ListenerSecurity security = listener.security();
    Instant now = Instant.now();
    List<UsedCertificate> all = security.certificates();
    JsonArray shown = new JsonArray();
    all.stream()
        .sorted(Comparator.comparing(UsedCertificate::notAfter))
        .limit(MOST_CERTIFICATES)
        .forEach(certificate -> shown.add(certificate(certificate, now)));
    JsonObject json = keys == null ? new JsonObject() : keys.copy();
    json.put("certificates", shown).put("certificate_count", all.size());
    putHandshakes(json, security.stats());
    Optional<String> trouble = security.trouble();
    return json.put("error", trouble.orElse(null))
        .put("warnings", new JsonArray(TlsConditions.of(all, trouble, now)));
  }

  /**
   * Of a pool.
   *
   * @return null where connections to its backends are not encrypted
   */
  static @Nullable JsonObject of(Pool pool, BackendTls tls) {
    PoolTls settings = pool.outbound().tls();
    if (!settings.enabled()) {
      return null;
    }
    Instant now = Instant.now();
    Optional<UsedCertificate> own = tls.certificate(settings);
    Optional<String> trouble = tls.trouble(settings);
    JsonObject json =
        PoolTlsKeys.TLS
            .write(settings)
            .put("certificate", own.map(certificate -> certificate(certificate, now)).orElse(null));
    putHandshakes(json, tls.stats(pool.name()));
    return json.put("error", trouble.orElse(null))
        .put("warnings", new JsonArray(TlsConditions.of(settings, own, trouble, now)));
  }

  /** Whether connections to backends are encrypted, and what is checked of those. */
  static String word(PoolTls tls) {
    return tls.enabled() ? tls.verify().label() : "off";
  }

  /** A certificate that is in use. */
  static JsonObject certificate(UsedCertificate certificate, Instant now) {
    CertificateFacts facts = certificate.facts();
    List<String> names =
        Stream.concat(facts.dnsNames().stream(), facts.addresses().stream()).toList();
    return new JsonObject()
        .put("file", certificate.file())
        .put("subject", facts.subject())
        .put("names", new JsonArray(names.stream().limit(MOST_NAMES).toList()))
        .put("name_count", names.size())
        .put("not_after", certificate.notAfter().toString())
        .put("days_left", days(certificate.left(now)))
        .put("fingerprint", facts.fingerprint());
  }

  /** Whole days, those that are past below 0. */
  private static long days(Duration left) {
    return Math.floorDiv(left.toSeconds(), Duration.ofDays(1).toSeconds());
  }

  private static void putHandshakes(JsonObject json, HandshakeStats stats) {
    JsonObject failed = new JsonObject();
    for (FailureKind kind : FailureKind.values()) {
      failed.put(kind.label(), stats.failures(kind));
    }
    json.put(
            "handshakes",
            new JsonObject()
                .put("ok", stats.successes())
                .put("resumed", stats.resumptions())
                .put("failed", stats.failures())
                .put("failed_by", failed))
        .put("handshake_ms", Durations.millis(stats.seconds()));
  }
}
