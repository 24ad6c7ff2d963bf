package io.loble.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsFailureTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Received fatal alert: protocol_version | NO_SHARED_VERSION",
        "error:1000042e:SSL routines:OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION"
            + "| NO_SHARED_VERSION",
        "error:100000f0:SSL routines:OPENSSL_internal:UNSUPPORTED_PROTOCOL | NO_SHARED_VERSION",
        "Received fatal alert: handshake_failure | NO_SHARED_CIPHER",
        "error:100000b8:SSL routines:OPENSSL_internal:NO_SHARED_CIPHER | NO_SHARED_CIPHER",
        "error:10000410:SSL routines:OPENSSL_internal:SSLV3_ALERT_HANDSHAKE_FAILURE"
            + "| NO_SHARED_CIPHER",
        "Received fatal alert: certificate_expired | EXPIRED",
        "error:10000415:SSL routines:OPENSSL_internal:SSLV3_ALERT_CERTIFICATE_EXPIRED | EXPIRED",
        "Received fatal alert: unknown_ca | UNKNOWN_AUTHORITY",
        "error:10000418:SSL routines:OPENSSL_internal:TLSV1_ALERT_UNKNOWN_CA | UNKNOWN_AUTHORITY",
        "Received fatal alert: certificate_required | CERTIFICATE_MISSING",
        "error:100000c0:SSL routines:OPENSSL_internal:PEER_DID_NOT_RETURN_A_CERTIFICATE"
            + "| CERTIFICATE_MISSING",
        "Received fatal alert: certificate_unknown | CERTIFICATE_REFUSED",
        "error:10000412:SSL routines:OPENSSL_internal:SSLV3_ALERT_BAD_CERTIFICATE"
            + "| CERTIFICATE_REFUSED",
        "Received fatal alert: unrecognized_name | UNKNOWN_NAME",
        "error:1000009c:SSL routines:OPENSSL_internal:HTTP_REQUEST | NOT_TLS",
        "error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER | NOT_TLS",
        "something else | OTHER"
      })
  void readsWhatEnginesSay(String message, FailureKind kind) {
    TlsFailure failure = TlsFailure.of(new DecoderException(new SSLHandshakeException(message)));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.text()).contains(message);
  }

  @Test
  void aResetIsAnEnd() {
    assertThat(TlsFailure.of(new IOException("Connection reset by peer")))
        .isEqualTo(
            new TlsFailure(
                FailureKind.CLOSED,
                "the connection was closed during the handshake: Connection reset by peer"));
    assertThat(TlsFailure.of(new ClosedChannelException()).kind()).isEqualTo(FailureKind.CLOSED);
  }

  @Test
  void theInnerCauseSaysMore() {
    SSLException outer = new SSLException("handshake failure");
    outer.initCause(new CertificateExpiredException("NotAfter: yesterday"));
    assertThat(TlsFailure.of(outer))
        .isEqualTo(
            new TlsFailure(FailureKind.EXPIRED, "a certificate has expired: NotAfter: yesterday"));
  }

  @Test
  void anEndlessChainOfCausesEnds() {
    IOException one = new IOException("one");
    one.initCause(new IOException("two", one));
    assertThat(TlsFailure.of(one).kind()).isEqualTo(FailureKind.CLOSED);
  }

  @Test
  void labelsAreForMetrics() {
    assertThat(FailureKind.values())
        .extracting(FailureKind::label)
        .allMatch(label -> label.matches("[a-z_]+"));
  }
}
