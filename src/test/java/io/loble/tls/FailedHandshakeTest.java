package io.loble.tls;

import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.NOW;
import static io.loble.tls.TestCertificates.STRANGER;
import static io.loble.tls.TestCertificates.credential;
import static io.loble.tls.TestCertificates.leaf;
import static io.loble.tls.TestCertificates.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelPipeline;
import io.netty.pkitesting.X509Bundle;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshakes that fail, and what both sides say of them, of each engine with each. */
class FailedHandshakeTest {

  private static final Credential A = credential(leaf(AUTHORITY, "a.example"));
  private static final Duration DAY = Duration.ofDays(1);

  private final Peers peers = new Peers();

  @AfterEach
  void stop() {
    peers.close();
  }

  /** No TLS. */
  private static void plain(ChannelPipeline pipeline) {}

  static Stream<Arguments> engines() {
    return HandshakeTest.engines();
  }

  private static ServerTlsSettings server(ClientCertificates clients, Credential... credentials) {
    return new ServerTlsSettings(List.of(credentials), true, clients, TlsTerms.DEFAULT);
  }

  private static ServerTlsSettings server(Credential... credentials) {
    return server(new ClientCertificates.None(), credentials);
  }

  private static ClientTls client(TlsEngine engine, Optional<Credential> own) throws SSLException {
    return new ClientTls(
        engine,
        new ClientTlsSettings(new BackendTrust.Full(only(AUTHORITY)), own, TlsTerms.DEFAULT));
  }

  private static ClientTls client(TlsEngine engine) throws SSLException {
    return client(engine, Optional.empty());
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

  @ParameterizedTest
  @EnumSource
  void plainHttp(TlsEngine serves) throws Exception {
    Peers.Server listening = peers.serve(new ServerTls(serves, server(A)));
    Peers.End client = peers.connect(listening.address(), FailedHandshakeTest::plain);
    client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    TlsFailure failure = listening.next().failure();
    assertThat(failure).isEqualTo(new TlsFailure(FailureKind.NOT_TLS, "plain HTTP"));
    assertThat(client.next()).isEqualTo("[ChannelInputShutdownEvent]");
  }

  @ParameterizedTest
  @EnumSource
  void aBackendThatSpeaksPlainHttp(TlsEngine asks) throws Exception {
    Peers.Server listening = peers.serve(FailedHandshakeTest::plain);
    Peers.End client = peers.connect(listening.address(), client(asks), "a.example");
    listening.next().write("HTTP/1.1 400 Bad Request\r\n\r\n");
    TlsFailure failure = client.failure();
    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_TLS);
    // Netty's engine does not say what it is instead.
    assertThat(failure.text())
        .isEqualTo(asks == TlsEngine.JDK ? "plain HTTP" : "the peer does not speak TLS");
  }

  @ParameterizedTest
  @EnumSource
  void anotherProtocol(TlsEngine serves) throws Exception {
    Peers.Server listening = peers.serve(new ServerTls(serves, server(A)));
    Peers.End client = peers.connect(listening.address(), FailedHandshakeTest::plain);
    client.write("\0\1SSH");
    assertThat(listening.next().failure())
        .isEqualTo(new TlsFailure(FailureKind.NOT_TLS, "not TLS: it begins with 00 01 53 53 48"));
  }

  @ParameterizedTest
  @EnumSource
  void aBrokenClientHello(TlsEngine serves) throws Exception {
    Peers.Server listening = peers.serve(new ServerTls(serves, server(A)));
    try (Socket socket =
        new Socket(listening.address().getAddress(), listening.address().getPort())) {
      socket.getOutputStream().write(new byte[] {22, 3, 1, 0, 5, 2, 0, 0, 1, 0});
      assertThat(listening.next().failure().kind()).isEqualTo(FailureKind.OTHER);
      // The alert "decode_error", and the end.
      assertThat(socket.getInputStream().readAllBytes())
          .isEqualTo(new byte[] {21, 3, 3, 0, 2, 2, 50});
    }
  }

  @ParameterizedTest
  @EnumSource
  void strictRefusesWithAnAlert(TlsEngine serves) throws Exception {
    Peers.Server listening = peers.serve(new ServerTls(serves, server(A)));
    Peers.End client = peers.connect(listening.address(), client(TlsEngine.JDK), "127.0.0.1");
    assertThat(listening.next().failure())
        .isEqualTo(new TlsFailure(FailureKind.UNKNOWN_NAME, "the client asks for no name"));
    assertThat(client.failure().kind()).isEqualTo(FailureKind.UNKNOWN_NAME);
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatSaysNothing(TlsEngine serves) throws Exception {
    ServerTls tls = new ServerTls(serves, server(A));
    Peers.Server listening = peers.serve(pipeline -> tls.install(pipeline, Duration.ofMillis(50)));
    Peers.End client = peers.connect(listening.address(), FailedHandshakeTest::plain);
    assertThat(listening.next().failure().kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(client.next()).isEqualTo("[ChannelInputShutdownEvent]");
  }

  /** The time counts from the connection on, not from the ClientHello. */
  @ParameterizedTest
  @EnumSource
  void aClientThatSaysNoMoreThanItsHello(TlsEngine serves) throws Exception {
    ServerTls tls = new ServerTls(serves, server(A));
    Peers.Server listening = peers.serve(pipeline -> tls.install(pipeline, Duration.ofMillis(300)));
    try (Socket socket =
        new Socket(listening.address().getAddress(), listening.address().getPort())) {
      socket.getOutputStream().write(hello());
      TlsFailure failure = listening.next().failure();
      assertThat(failure.kind()).as(failure.text()).isEqualTo(FailureKind.TIMEOUT);
    }
  }

  private static byte[] hello() throws Exception {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine("a.example", 443);
    engine.setUseClientMode(true);
    ByteBuffer out = ByteBuffer.allocate(32 * 1024);
    engine.wrap(ByteBuffer.allocate(0), out);
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return bytes;
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatSaysNothing(TlsEngine asks) throws Exception {
    Peers.Server listening = peers.serve(FailedHandshakeTest::plain);
    ClientTls tls = client(asks);
    Peers.End client =
        peers.connect(
            listening.address(),
            pipeline -> tls.install(pipeline, "a.example", 1, Duration.ofMillis(50)));
    assertThat(client.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatCloses(TlsEngine serves) throws Exception {
    Peers.Server listening = peers.serve(new ServerTls(serves, server(A)));
    byte[] hello = hello();
    for (int sent : new int[] {0, 1, 60, hello.length}) {
      try (Socket socket =
          new Socket(listening.address().getAddress(), listening.address().getPort())) {
        socket.getOutputStream().write(hello, 0, sent);
        socket.shutdownOutput();
        TlsFailure failure = listening.next().failure();
        assertThat(failure.kind()).as(failure.text()).isEqualTo(FailureKind.CLOSED);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatResets(TlsEngine serves) throws Exception {
    Peers.Server listening = peers.serve(new ServerTls(serves, server(A)));
    byte[] hello = hello();
    for (int sent : new int[] {0, 1, 60, hello.length}) {
      Peers.End end;
      try (Socket socket =
          new Socket(listening.address().getAddress(), listening.address().getPort())) {
        socket.getOutputStream().write(hello, 0, sent);
        end = listening.next();
        end.channel.get();
        socket.setSoLinger(true, 0);
      }
      TlsFailure failure = end.failure();
      assertThat(failure.kind()).as(failure.text()).isEqualTo(FailureKind.CLOSED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatCloses(TlsEngine asks) throws Exception {
    Peers.Server listening = peers.serve(FailedHandshakeTest::plain);
    Peers.End client = peers.connect(listening.address(), client(asks), "a.example");
    Peers.End server = listening.next();
    server.next();
    server.channel.get().close();
    TlsFailure failure = client.failure();
    assertThat(failure.kind()).as(failure.text()).isEqualTo(FailureKind.CLOSED);
  }

  @ParameterizedTest
  @EnumSource
  void aTextHasOneLineAndABound(TlsEngine serves) throws Exception {
    Peers.Server listening = peers.serve(new ServerTls(serves, server(A)));
    Peers.End client = peers.connect(listening.address(), FailedHandshakeTest::plain);
    client.write("x\n".repeat(1000));
    assertThat(listening.next().failure().text()).hasSizeLessThan(300).doesNotContain("\n");
  }
}
