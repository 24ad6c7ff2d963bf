package io.loble.tls;

import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.NOW;
import static io.loble.tls.TestCertificates.STRANGER;
import static io.loble.tls.TestCertificates.credential;
import static io.loble.tls.TestCertificates.leaf;
import static io.loble.tls.TestCertificates.only;
import static io.loble.tls.TestTls.A;
import static io.loble.tls.TestTls.client;
import static io.loble.tls.TestTls.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.X509Bundle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Handshakes that fail where both sides speak TLS, and what they say of them, of each engine with
 * each.
 */
class FailedHandshakeTest {

  private static final Duration DAY = Duration.ofDays(1);

  private final Peers peers = new Peers();

  @AfterEach
  void stop() {
    peers.close();
  }

  static Stream<Arguments> engines() {
    return HandshakeTest.engines();
  }

  private void assertFails(
      ServerTls serverTls, ClientTls clientTls, String name, FailureKind client, FailureKind server)
      throws Exception {
    Peers.Server listening = peers.serve(serverTls);
    Peers.End asking = peers.connect(listening.address(), clientTls, name);
    TlsFailure failure = asking.failure();
    assertThat(failure.kind()).as(failure.text()).isEqualTo(client);
    TlsFailure other = listening.next().failure();
    assertThat(other.kind()).as(other.text()).isEqualTo(server);
    assertThat(asking.next()).isEqualTo("[inactive]");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void expired(TlsEngine serves, TlsEngine asks) throws Exception {
    Credential old = credential(leaf(NOW.minus(DAY.multipliedBy(9)), NOW.minus(DAY), "a.example"));
    // An alert has a word for one that has expired, and none for the one that is too young.
    assertFails(
        new ServerTls(serves, server(old)),
        client(asks),
        "a.example",
        FailureKind.EXPIRED,
        asks == TlsEngine.JDK ? FailureKind.CERTIFICATE_REFUSED : FailureKind.EXPIRED);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void notYetValid(TlsEngine serves, TlsEngine asks) throws Exception {
    Credential young = credential(leaf(NOW.plus(DAY), NOW.plus(DAY.multipliedBy(9)), "a.example"));
    assertFails(
        new ServerTls(serves, server(young)),
        client(asks),
        "a.example",
        FailureKind.NOT_YET_VALID,
        asks == TlsEngine.JDK ? FailureKind.CERTIFICATE_REFUSED : FailureKind.EXPIRED);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void anotherName(TlsEngine serves, TlsEngine asks) throws Exception {
    ServerTlsSettings lax =
        new ServerTlsSettings(List.of(A), false, new ClientCertificates.None(), TlsTerms.DEFAULT);
    assertFails(
        new ServerTls(serves, lax),
        client(asks),
        "b.example",
        FailureKind.NAME_MISMATCH,
        FailureKind.CERTIFICATE_REFUSED);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void unknownAuthority(TlsEngine serves, TlsEngine asks) throws Exception {
    assertFails(
        new ServerTls(serves, server(credential(leaf(STRANGER, "a.example")))),
        client(asks),
        "a.example",
        FailureKind.UNKNOWN_AUTHORITY,
        asks == TlsEngine.JDK ? FailureKind.CERTIFICATE_REFUSED : FailureKind.UNKNOWN_AUTHORITY);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void noCommonVersion(TlsEngine serves, TlsEngine asks) throws Exception {
    ServerTlsSettings newer =
        new ServerTlsSettings(
            List.of(A),
            false,
            new ClientCertificates.None(),
            new TlsTerms(TlsVersion.TLS_1_3, List.of(), List.of()));
    ClientTls older =
        ClientTls.only(
            TlsVersion.TLS_1_2,
            asks,
            new ClientTlsSettings(new BackendTrust.None(), Optional.empty(), TlsTerms.DEFAULT));
    assertFails(
        new ServerTls(serves, newer),
        older,
        "a.example",
        FailureKind.NO_SHARED_VERSION,
        FailureKind.NO_SHARED_VERSION);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void noCommonCipher(TlsEngine serves, TlsEngine asks) throws Exception {
    // The server has an EC key only, and the client no suite for one.
    ClientTls rsa =
        ClientTls.only(
            TlsVersion.TLS_1_2,
            asks,
            new ClientTlsSettings(
                new BackendTrust.None(),
                Optional.empty(),
                new TlsTerms(
                    TlsVersion.TLS_1_2,
                    List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
                    List.of())));
    assertFails(
        new ServerTls(serves, server(A)),
        rsa,
        "a.example",
        FailureKind.NO_SHARED_CIPHER,
        FailureKind.NO_SHARED_CIPHER);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void noCertificateHasTheName(TlsEngine serves, TlsEngine asks) throws Exception {
    assertFails(
        new ServerTls(serves, server(A)),
        client(asks),
        "b.example",
        FailureKind.UNKNOWN_NAME,
        FailureKind.UNKNOWN_NAME);
  }

  /** In TLS 1.3 the client has finished when the server looks at its certificate. */
  private void assertClientRefused(
      ClientCertificates rules,
      TlsEngine serves,
      TlsEngine asks,
      Optional<Credential> own,
      FailureKind server,
      FailureKind... client)
      throws Exception {
    Peers.Server listening = peers.serve(new ServerTls(serves, server(rules, A)));
    Peers.End asking = peers.connect(listening.address(), client(asks, own), "a.example");
    TlsFailure failure = listening.next().failure();
    assertThat(failure.kind()).as(failure.text()).isEqualTo(server);
    asking.agreed();
    assertThat(Stream.of(client).map(kind -> "[" + kind + "]")).contains(asking.next());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void clientWithoutACertificate(TlsEngine serves, TlsEngine asks) throws Exception {
    assertClientRefused(
        new ClientCertificates.Required(only(AUTHORITY)),
        serves,
        asks,
        Optional.empty(),
        FailureKind.CERTIFICATE_MISSING,
        FailureKind.CERTIFICATE_MISSING,
        FailureKind.CERTIFICATE_REFUSED);
  }

  /**
   * Of the same name as the one that is asked for: a client would not show its certificate else.
   */
  @ParameterizedTest
  @MethodSource("engines")
  void clientOfAnImpostor(TlsEngine serves, TlsEngine asks) throws Exception {
    X509Bundle impostor = TestCertificates.authority("CN=Test CA");
    assertClientRefused(
        new ClientCertificates.Requested(only(AUTHORITY)),
        serves,
        asks,
        Optional.of(credential(TestCertificates.client(impostor, "CN=mallory"))),
        FailureKind.CERTIFICATE_REFUSED,
        FailureKind.CERTIFICATE_REFUSED);
  }
}
