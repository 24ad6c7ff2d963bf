package io.loble.control;

import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.NOW;
import static io.loble.tls.TestCertificates.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.CertificateFiles;
import io.loble.model.Algorithm;
import io.loble.model.HostPort;
import io.loble.model.PoolTls.Verify;
import io.loble.tls.CertificateDirectory;
import io.loble.tls.EngineChoice;
import io.loble.tls.FailureKind;
import io.loble.tls.HandshakeInfo;
import io.loble.tls.HandshakeStats;
import io.loble.tls.TlsFailure;
import io.loble.tls.TlsOutcome;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the status says of TLS. */
class TlsViewTest {

  private static final JsonArray NONE = new JsonArray();

  private final Vertx vertx = Vertx.vertx();
  private final SampleBalancer sample = new SampleBalancer(vertx);
  private final StatusView view =
      new StatusView(
          new RunningBalancer(vertx, "lb"), ConfigManager.of(vertx, SampleBalancer.config()));

  @TempDir private Path files = Path.of("");
  private CertificateFiles late = new CertificateFiles("", "", "");
  private CertificateFiles soon = late;

  @BeforeEach
  void write() {
    CertificateDirectory directory = new CertificateDirectory(files);
    late = directory.write("late", leaf(AUTHORITY, "a.example", "*.b.example", "10.0.0.1"));
    soon =
        directory.write(
            "soon",
            leaf(NOW.minusSeconds(60), NOW.plus(Duration.ofDays(9)).plusSeconds(600), "c.example"));
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private static void handshakes(HandshakeStats stats) {
    HandshakeInfo info =
        new HandshakeInfo(
            "TLSv1.3", "c", Optional.empty(), Optional.empty(), true, Optional.empty());
    stats.ended(new TlsOutcome.Agreed(info, 1_000_000));
    stats.ended(new TlsOutcome.Failed(new TlsFailure(FailureKind.NOT_TLS, "x"), 1));
  }

  @Test
  void ofAListener() {
    handshakes(
        sample.listener(
            "l", "127.0.0.1:9443", "p", CertificateDirectory.listener(true, late, soon)));
    JsonObject status = view.status();
    JsonObject tls = status.getJsonArray("listeners").getJsonObject(0).getJsonObject("tls");

    assertThat(status.getString("tls_engine")).isEqualTo(EngineChoice.get().text());
    assertThat(tls.fieldNames())
        .containsExactly(
            "certificates",
            "strict_sni",
            "client_ca",
            "client_auth",
            "min_version",
            "ciphers",
            "alpn",
            "certificate_count",
            "handshakes",
            "handshake_ms",
            "error",
            "warnings");
    assertThat(tls.getBoolean("strict_sni")).isTrue();
    assertThat(tls.getInteger("certificate_count")).isEqualTo(2);
    JsonObject first = tls.getJsonArray("certificates").getJsonObject(0);
    assertThat(first.getString("file")).isEqualTo(soon.cert());
    assertThat(first.getInteger("days_left")).isEqualTo(9);
    JsonObject second = tls.getJsonArray("certificates").getJsonObject(1);
    assertThat(second.getJsonArray("names"))
        .isEqualTo(new JsonArray().add("a.example").add("*.b.example").add("10.0.0.1"));
    assertThat(second.getInteger("name_count")).isEqualTo(3);
    assertThat(second.getString("fingerprint")).hasSize(64);
    assertHandshakes(tls);
    assertThat(tls.getValue("error")).isNull();
    assertThat(tls.getJsonArray("warnings")).hasSize(1);
    assertThat(tls.getJsonArray("warnings").getString(0))
        .startsWith(soon.cert() + " (CN=leaf) expires in 9 days, at ");
  }

  private static void assertHandshakes(JsonObject tls) {
    JsonObject handshakes = tls.getJsonObject("handshakes");
    assertThat(handshakes.getLong("ok")).isEqualTo(1);
    assertThat(handshakes.getLong("resumed")).isEqualTo(1);
    assertThat(handshakes.getLong("failed")).isEqualTo(1);
    assertThat(handshakes.getJsonObject("failed_by").getLong("not_tls")).isEqualTo(1);
    assertThat(handshakes.getJsonObject("failed_by").size()).isEqualTo(FailureKind.values().length);
    assertThat(tls.getJsonObject("handshake_ms").getDouble("sum")).isEqualTo(1.0);
  }

  @Test
  void ofAPool() {
    CertificateDirectory directory = new CertificateDirectory(files);
    handshakes(sample.pool("p", Algorithm.RANDOM).encrypt("p", directory.pool(Verify.NONE, late)));
    sample.publish(1);
    JsonObject tls = view.pool("p").getJsonObject("tls");

    assertThat(tls.getString("verify")).isEqualTo("none");
    assertThat(tls.getJsonObject("certificate").getString("file")).isEqualTo(late.cert());
    assertHandshakes(tls);
    assertThat(tls.getJsonArray("warnings"))
        .containsExactly("verify is none: whoever is between can read and change everything");
  }

  @Test
  void withoutTlsNothingIsSaidOfIt() {
    sample.pool("p", Algorithm.RANDOM).publish(1);
    sample.listener("l", "127.0.0.1:9000", "p");
    JsonObject status = view.status();

    assertThat(status.getValue("tls_engine")).isNull();
    assertThat(status.getJsonArray("listeners").getJsonObject(0).getValue("tls", NONE)).isNull();
    assertThat(status.getJsonArray("pools").getJsonObject(0).getValue("tls", NONE)).isNull();
    assertThat(Summary.of(withAdmin(), "")).doesNotContain("TLS");
  }

  @Test
  void theFirstLogLineNamesTheEngine() {
    sample.listener("l", "127.0.0.1:9443", "p", CertificateDirectory.listener(false, late));

    assertThat(Summary.of(withAdmin(), ""))
        .contains(", TLS by " + EngineChoice.get().text() + ", admin on ");
  }

  @Test
  void theDailyWarningNamesWhoUsesTheCertificate() {
    sample.listener("l", "127.0.0.1:9443", "p", CertificateDirectory.listener(false, late, soon));
    CertificateWatch watch = new CertificateWatch(vertx);

    assertThat(watch.warnings(NOW)).hasSize(1);
    assertThat(watch.warnings(NOW).get(0))
        .startsWith("listener l: " + soon.cert() + " (CN=leaf) expires in 9 days, at ");
    assertThat(watch.warnings(NOW.minus(Duration.ofDays(22)))).isEmpty();
  }

  private Vertx withAdmin() {
    ProcessStatus.of(vertx).adminOpened(new HostPort("127.0.0.1", 1));
    return vertx;
  }
}
