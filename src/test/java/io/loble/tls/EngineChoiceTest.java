package io.loble.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.OpenSsl;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineChoiceTest {

  @Test
  void takesBoringSslWhereItLoads() {
    EngineChoice choice = EngineChoice.get();
    assertThat(choice.engine())
        .isEqualTo(OpenSsl.isAvailable() ? TlsEngine.BORINGSSL : TlsEngine.JDK);
    assertThat(EngineChoice.get()).isSameAs(choice);
  }

  @Test
  void saysWhichVersionItIs() {
    assertThat(EngineChoice.choose(Optional.empty()).text())
        .matches("BoringSSL \\(netty-tcnative 2\\.0\\.\\d+\\.Final\\)");
  }

  @Test
  void saysWhyItIsNotBoringSsl() {
    Throwable inner = new UnsatisfiedLinkError("no netty_tcnative_linux_s390x\nin the path");
    Throwable trouble = new IllegalArgumentException("Failed to load any of", inner);
    EngineChoice choice = EngineChoice.choose(Optional.of(trouble));
    assertThat(choice.engine()).isEqualTo(TlsEngine.JDK);
    assertThat(choice.text())
        .isEqualTo("JDK " + Runtime.version() + " (no BoringSSL: no netty_tcnative_linux_s390x)");
  }

  @Test
  void aTroubleWithoutAMessageHasItsName() {
    assertThat(EngineChoice.choose(Optional.of(new LinkageError())).whyNotNative())
        .contains("java.lang.LinkageError");
  }
}
