package io.loble.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndingCertificatesTest {

  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  private static final Duration SOON = Duration.ofDays(30);

  private static UsedCertificate certificate(String file, String notAfter) {
    Instant end = Instant.parse(notAfter);
    return new UsedCertificate(
        file,
        new CertificateFacts("CN=" + file, "CN=ca", List.of(), List.of(), Instant.MIN, end, "f"),
        end);
  }

  private static List<String> said(UsedCertificate... certificates) {
    return EndingCertificates.among(List.of(certificates), NOW, SOON);
  }

  @Test
  void theFirstToEndComesFirst() {
    assertThat(
            said(
                certificate("fine", "2026-12-27T12:00:00Z"),
                certificate("soon", "2026-12-27T11:59:59Z"),
                certificate("today", "2026-11-28T00:00:00Z"),
                certificate("over", "2026-11-27T11:59:59Z")))
        .containsExactly(
            "over (CN=over) has expired at 2026-11-27T11:59:59Z, and is refused; put a new one into"
                + " the file",
            "today (CN=today) expires in less than a day, at 2026-11-28T00:00:00Z; put a new one"
                + " into the file",
            "soon (CN=soon) expires in 29 days, at 2026-12-27T11:59:59Z; put a new one into the"
                + " file");
  }

  @Test
  void ofAThousandNotAllAreNamed() {
    List<UsedCertificate> many =
        Collections.nCopies(1000, certificate("c", "2026-12-01T00:00:00Z"));

    assertThat(EndingCertificates.among(many, NOW, SOON))
        .hasSize(11)
        .endsWith("and 990 more certificates end soon");
  }
}
