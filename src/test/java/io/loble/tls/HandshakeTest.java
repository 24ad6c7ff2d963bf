package io.loble.tls;

import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.STRANGER;
import static io.loble.tls.TestCertificates.credential;
import static io.loble.tls.TestCertificates.leaf;
import static io.loble.tls.TestCertificates.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.preface.SslInfo;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshakes that succeed, of each engine with each. */
class HandshakeTest {

  private static final Credential A = credential(leaf(AUTHORITY, "a.example", "127.0.0.1"));
  private static final Credential A_RSA =
      credential(leaf(AUTHORITY, Algorithm.rsa2048, "a.example", "127.0.0.1"));
  private static final Credential WILD = credential(leaf(AUTHORITY, "*.w.example"));
  private static final Credential CLIENT =
      credential(TestCertificates.client(AUTHORITY, "CN=alice,O=Test"));

  private final Peers peers = new Peers();

  @AfterEach
  void stop() {
    peers.close();
  }

  static Stream<Arguments> engines() {
    return Stream.of(TlsEngine.values())
        .flatMap(s -> Stream.of(TlsEngine.values()).map(c -> Arguments.of(s, c)));
  }

  static ServerTlsSettings server(Credential... credentials) {
    return new ServerTlsSettings(
        List.of(credentials), false, new ClientCertificates.None(), TlsTerms.DEFAULT);
  }

  static ClientTls client(TlsEngine engine, TlsTerms terms) throws SSLException {
    return new ClientTls(
        engine,
        new ClientTlsSettings(new BackendTrust.Full(only(AUTHORITY)), Optional.empty(), terms));
  }

  private static TlsTerms terms(TlsVersion version, List<String> ciphers, String... alpn) {
    return new TlsTerms(version, ciphers, List.of(alpn));
  }

  /** Says something, so that session tickets have come too, which are sent before it. */
  private static void talk(Peers.End server, Peers.End client) throws Exception {
    server.agreed();
    client.agreed();
    server.write("hello");
    assertThat(client.next()).isEqualTo("hello");
    client.write("there");
    assertThat(server.next()).isEqualTo("there");
    client.channel.get().close().sync();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void agreesOnTheNewestVersion(TlsEngine serves, TlsEngine asks) throws Exception {
    Peers.Server server = peers.serve(new ServerTls(serves, server(A)));
    Peers.End client = peers.connect(server.address(), client(asks, TlsTerms.DEFAULT), "a.example");
    HandshakeInfo info = server.next().agreed();
    assertThat(info.version()).isEqualTo("TLSv1.3");
    assertThat(info.cipher()).matches("TLS_(AES|CHACHA20)_.*");
    assertThat(info.serverName()).contains("a.example");
    assertThat(info.alpn()).isEmpty();
    assertThat(info.resumed()).isFalse();
    assertThat(info.peer()).isEmpty();
    assertThat(info.sslInfo()).isEqualTo(SslInfo.withoutCertificate(info.version(), info.cipher()));
    HandshakeInfo other = client.agreed();
    assertThat(other.version()).isEqualTo("TLSv1.3");
    assertThat(other.resumed()).isFalse();
    assertThat(other.peer()).contains(A.chain().leafFacts());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void picksTheCertificateByName(TlsEngine serves, TlsEngine asks) throws Exception {
    Peers.Server server = peers.serve(new ServerTls(serves, server(A, WILD)));
    ClientTls tls = client(asks, TlsTerms.DEFAULT);
    Peers.End wild = peers.connect(server.address(), tls, "x.w.example");
    assertThat(wild.agreed().peer()).contains(WILD.chain().leafFacts());
    Peers.End address = peers.connect(server.address(), tls, "127.0.0.1");
    assertThat(address.agreed().peer()).contains(A.chain().leafFacts());
    assertThat(server.next().agreed().serverName()).contains("x.w.example");
    assertThat(server.next().agreed().serverName()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void picksTheCertificateByWhatTheClientCanCheck(TlsEngine serves, TlsEngine asks)
      throws Exception {
    Peers.Server server = peers.serve(new ServerTls(serves, server(A_RSA, A)));
    ClientTls any = client(asks, TlsTerms.DEFAULT);
    assertThat(peers.connect(server.address(), any, "a.example").agreed().peer())
        .contains(A.chain().leafFacts());
    if (asks == TlsEngine.JDK) {
      // Signatures cannot be chosen; that no suite uses ECDSA says the same in TLS 1.2.
      ClientTls rsa = older(asks, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
      assertThat(peers.connect(server.address(), rsa, "a.example").agreed().peer())
          .contains(A_RSA.chain().leafFacts());
    }
  }

  /** A client without TLS 1.3, which none of our settings gives. */
  private static ClientTls older(TlsEngine engine, String suite) throws SSLException {
    return ClientTls.only(
        TlsVersion.TLS_1_2,
        engine,
        new ClientTlsSettings(
            new BackendTrust.Full(only(AUTHORITY)),
            Optional.empty(),
            terms(TlsVersion.TLS_1_2, List.of(suite))));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void agreesOnAProtocol(TlsEngine serves, TlsEngine asks) throws Exception {
    ServerTlsSettings settings =
        new ServerTlsSettings(
            List.of(A),
            false,
            new ClientCertificates.None(),
            terms(TlsVersion.TLS_1_2, List.of(), "h2", "http/1.1"));
    Peers.Server server = peers.serve(new ServerTls(serves, settings));
    ClientTls one = client(asks, terms(TlsVersion.TLS_1_3, List.of(), "http/1.1", "h2"));
    assertThat(peers.connect(server.address(), one, "a.example").agreed().alpn()).contains("h2");
    assertThat(server.next().agreed().alpn()).contains("h2");
    ClientTls none = client(asks, terms(TlsVersion.TLS_1_3, List.of()));
    assertThat(peers.connect(server.address(), none, "a.example").agreed().alpn()).isEmpty();
    assertThat(server.next().agreed().alpn()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void asksForACertificate(TlsEngine serves, TlsEngine asks) throws Exception {
    ServerTlsSettings settings =
        new ServerTlsSettings(
            List.of(A), false, new ClientCertificates.Required(only(AUTHORITY)), TlsTerms.DEFAULT);
    Peers.Server server = peers.serve(new ServerTls(serves, settings));
    ClientTls tls =
        new ClientTls(
            asks,
            new ClientTlsSettings(
                new BackendTrust.Full(only(AUTHORITY)), Optional.of(CLIENT), TlsTerms.DEFAULT));
    Peers.End client = peers.connect(server.address(), tls, "a.example");
    Peers.End end = server.next();
    HandshakeInfo info = end.agreed();
    assertThat(info.peer().orElseThrow().subject()).isEqualTo("CN=alice,O=Test");
    SslInfo ssl = info.sslInfo();
    assertThat(ssl.verified()).isTrue();
    assertThat(ssl.client()).isEqualTo(7);
    assertThat(ssl.commonName()).isEqualTo("alice");
    talk(end, client);
    // The client's certificate is that of the session.
    Peers.End again = peers.connect(server.address(), tls, "a.example");
    HandshakeInfo resumed = server.next().agreed();
    assertThat(again.agreed().resumed()).isTrue();
    assertThat(resumed.resumed()).isTrue();
    assertThat(resumed.peer().orElseThrow().subject()).isEqualTo("CN=alice,O=Test");
    assertThat(resumed.sslInfo().client()).isEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aRequestedCertificateMayBeMissing(TlsEngine serves, TlsEngine asks) throws Exception {
    ServerTlsSettings settings =
        new ServerTlsSettings(
            List.of(A), false, new ClientCertificates.Requested(only(AUTHORITY)), TlsTerms.DEFAULT);
    Peers.Server server = peers.serve(new ServerTls(serves, settings));
    Peers.End client = peers.connect(server.address(), client(asks, TlsTerms.DEFAULT), "a.example");
    Peers.End end = server.next();
    assertThat(end.agreed().peer()).isEmpty();
    talk(end, client);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void trustsAsFarAsItIsTold(TlsEngine serves, TlsEngine asks) throws Exception {
    Peers.Server server = peers.serve(new ServerTls(serves, server(A)));
    for (BackendTrust trust :
        List.of(new BackendTrust.Chain(only(AUTHORITY)), new BackendTrust.None())) {
      ClientTls tls =
          new ClientTls(asks, new ClientTlsSettings(trust, Optional.empty(), TlsTerms.DEFAULT));
      peers.connect(server.address(), tls, "other.example").agreed();
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void resumesSessions(TlsEngine serves, TlsEngine asks) throws Exception {
    Peers.Server server = peers.serve(new ServerTls(serves, server(A, WILD)));
    for (ClientTls tls :
        List.of(
            client(asks, TlsTerms.DEFAULT),
            older(asks, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"))) {
      assertThat(resumed(server, tls)).isFalse();
      assertThat(resumed(server, tls)).isTrue();
      assertThat(resumed(server, tls)).isTrue();
    }
  }

  private boolean resumed(Peers.Server server, ClientTls tls) throws Exception {
    Peers.End client = peers.connect(server.address(), tls, "a.example");
    Peers.End end = server.next();
    boolean resumed = client.agreed().resumed();
    assertThat(end.agreed().resumed()).isEqualTo(resumed);
    talk(end, client);
    return resumed;
  }

  @ParameterizedTest
  @EnumSource
  void resumesAfterAnExchangeOfCertificates(TlsEngine asks) throws Exception {
    ServerTls serverTls = new ServerTls(TlsEngine.BORINGSSL, server(A));
    Peers.Server server = peers.serve(serverTls);
    ClientTls tls = client(asks, TlsTerms.DEFAULT);
    assertThat(resumed(server, tls)).isFalse();
    serverTls.exchange(server(WILD, A_RSA));
    assertThat(resumed(server, tls)).isTrue();
    serverTls.rotateTicketKeys();
    assertThat(resumed(server, tls)).isTrue();
    serverTls.rotateTicketKeys();
    serverTls.rotateTicketKeys();
    assertThat(resumed(server, tls)).isFalse();
  }

  /** The certificate of such a session was never checked against the new rules. */
  @ParameterizedTest
  @MethodSource("engines")
  void doesNotResumeUnderOtherRulesForClients(TlsEngine serves, TlsEngine asks) throws Exception {
    ServerTls serverTls = new ServerTls(serves, requested(AUTHORITY));
    Peers.Server server = peers.serve(serverTls);
    ClientTls tls = client(asks, TlsTerms.DEFAULT);
    assertThat(resumed(server, tls)).isFalse();
    assertThat(resumed(server, tls)).isTrue();
    serverTls.exchange(requested(STRANGER));
    assertThat(resumed(server, tls)).isFalse();
  }

  private static ServerTlsSettings requested(X509Bundle authority) {
    return new ServerTlsSettings(
        List.of(A), false, new ClientCertificates.Requested(only(authority)), TlsTerms.DEFAULT);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void anExchangeLeavesConnectionsAlone(TlsEngine serves, TlsEngine asks) throws Exception {
    ServerTls serverTls = new ServerTls(serves, server(A));
    Peers.Server server = peers.serve(serverTls);
    ClientTls tls = client(asks, TlsTerms.DEFAULT);
    Peers.End client = peers.connect(server.address(), tls, "a.example");
    Peers.End end = server.next();
    end.agreed();
    serverTls.exchange(server(WILD));
    talk(end, client);
    Peers.End other = peers.connect(server.address(), tls, "x.w.example");
    assertThat(other.agreed().peer()).contains(WILD.chain().leafFacts());
  }
}
