package io.loble.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CipherSuitesTest {

  private static final String OLDER = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";

  @ParameterizedTest
  @EnumSource
  void withoutAListTheyAreModern(TlsEngine engine) {
    assertThat(CipherSuites.choose(engine, List.of()))
        .hasSize(9)
        .allMatch(name -> name.contains("_GCM_") || name.contains("CHACHA20_POLY1305"))
        .allMatch(name -> !name.contains("WITH") || name.startsWith("TLS_ECDHE_"));
  }

  @ParameterizedTest
  @EnumSource
  void nothingBrokenCanBeNamed(TlsEngine engine) {
    assertThat(CipherSuites.known(engine))
        .contains("TLS_AES_128_GCM_SHA256", OLDER)
        .noneMatch(name -> name.matches(".*(anon|NULL|EXPORT|RC4|DES|MD5|SCSV).*"));
  }

  @ParameterizedTest
  @EnumSource
  void aListWithoutSuitesOfAVersionLeavesThatVersionAlone(TlsEngine engine) {
    assertThat(CipherSuites.choose(engine, List.of(OLDER)))
        .containsExactlyInAnyOrder(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            OLDER);
  }

  @ParameterizedTest
  @EnumSource
  void saysWhichNamesItDoesNotKnow(TlsEngine engine) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CipherSuites.choose(engine, List.of(OLDER, "ECDHE-RSA-AES128-SHA", "X")))
        .withMessageStartingWith(
            "unknown cipher suites: ECDHE-RSA-AES128-SHA, X; " + engine.label() + " has TLS_AES_");
  }

  @Test
  void boringSslUsesAllOfTls13() {
    List<String> some = List.of("TLS_AES_256_GCM_SHA384");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CipherSuites.choose(TlsEngine.BORINGSSL, some))
        .withMessageStartingWith("BoringSSL uses all cipher suites of TLS 1.3 or none");
    assertThat(CipherSuites.choose(TlsEngine.JDK, some))
        .contains("TLS_AES_256_GCM_SHA384")
        .doesNotContain("TLS_AES_128_GCM_SHA256");
  }
}
