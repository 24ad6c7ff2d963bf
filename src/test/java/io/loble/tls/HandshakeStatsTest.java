package io.loble.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandshakeStatsTest {

  private final HandshakeStats stats = new HandshakeStats();

  private static TlsOutcome agreed(TlsVersion version, boolean resumed) {
    HandshakeInfo info =
        new HandshakeInfo(
            version.text(), "c", Optional.empty(), Optional.empty(), resumed, Optional.empty());
    return new TlsOutcome.Agreed(info, 2_000_000);
  }

  @Test
  void countsByResultVersionAndResumption() {
    stats.ended(agreed(TlsVersion.TLS_1_2, false));
    stats.ended(agreed(TlsVersion.TLS_1_3, true));
    stats.ended(agreed(TlsVersion.TLS_1_3, true));
    stats.ended(new TlsOutcome.Failed(new TlsFailure(FailureKind.EXPIRED, "x"), 1));

    assertThat(stats.counts())
        .filteredOn(count -> count.total() > 0)
        .containsExactly(
            new HandshakeStats.Count("ok", "TLSv1.2", false, 1),
            new HandshakeStats.Count("ok", "TLSv1.3", true, 2),
            new HandshakeStats.Count("expired", "", false, 1));
    assertThat(stats.successes()).isEqualTo(3);
    assertThat(stats.resumptions()).isEqualTo(2);
    assertThat(stats.failures()).isEqualTo(1);
    assertThat(stats.failures(FailureKind.EXPIRED)).isEqualTo(1);
    assertThat(stats.seconds().quantileSeconds(1)).hasValue(0.0025);
  }
}
