package io.loble.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.loble.model.Algorithm;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import io.loble.model.PumpMode;
import io.loble.model.Rejection;
import io.loble.tls.CertificateFacts;
import io.loble.tls.HandshakeInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the access log says of TLS. */
class AccessLineTest {

  private static final InetSocketAddress CLIENT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);

  private static Map<String, Object> logged(
      @Nullable HandshakeInfo agreed, @Nullable Rejection rejection) {
    Pool pool = new Pool("p", Algorithm.RANDOM, 0, false, List.of(), new PoolStats());
    Introduction known =
        new Introduction(CLIENT, null, "a.example", List.of("h2"), false, null, agreed);
    CapturedLog log = new CapturedLog("loble.access", Level.INFO);
    try {
      new AccessLine(
              CLIENT,
              "l",
              pool,
              null,
              0,
              "nio",
              PumpMode.BUFFER,
              1,
              2,
              3,
              0,
              rejection == null ? Ending.DONE : Ending.REJECTED,
              rejection,
              known)
          .write();
      Map<String, Object> pairs = new LinkedHashMap<>();
      log.events().get(0).getKeyValuePairs().forEach(pair -> pairs.put(pair.key, pair.value));
      return pairs;
    } finally {
      log.stop();
    }
  }

  private static HandshakeInfo agreed(@Nullable String subject) {
    return new HandshakeInfo(
        "TLSv1.3",
        "TLS_AES_128_GCM_SHA256",
        Optional.of("a.example"),
        Optional.of("h2"),
        subject != null,
        Optional.ofNullable(subject)
            .map(
                name ->
                    new CertificateFacts(
                        name, "CN=ca", List.of(), List.of(), Instant.MIN, Instant.MAX, "f")));
  }

  @Test
  void ofADecryptedClient() {
    assertThat(logged(agreed(null), null))
        .containsEntry("tls", "TLSv1.3")
        .containsEntry("cipher", "TLS_AES_128_GCM_SHA256")
        .containsEntry("resumed", false)
        .containsEntry("subject", "-")
        .containsEntry("sni", "a.example")
        .containsEntry("alpn", "h2")
        .containsEntry("end", "done");
  }

  @Test
  void theSubjectOfAClientsCertificateMakesNoOtherFields() {
    assertThat(logged(agreed("CN=a b\" end=done\n,O=\u00e9"), null))
        .containsEntry("resumed", true)
        .containsEntry("subject", "CN=a?b??end=done?,O=?");
  }

  @Test
  void ofAClientThatIsNotDecrypted() {
    assertThat(logged(null, null)).doesNotContainKeys("tls", "cipher", "resumed", "subject");
  }

  @Test
  void ofAHandshakeThatFailed() {
    assertThat(logged(null, Rejection.TLS)).containsEntry("end", "tls");
  }
}
