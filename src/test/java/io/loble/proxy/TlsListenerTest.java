package io.loble.proxy;

import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.STRANGER;
import static io.loble.tls.TestCertificates.client;
import static io.loble.tls.TestCertificates.leaf;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.loble.config.CertificateFiles;
import io.loble.config.FrontConfig;
import io.loble.config.ListenerTls;
import io.loble.config.ListenerTls.ClientAuth;
import io.loble.config.RouteConfig;
import io.loble.model.Rejection;
import io.loble.tls.HandshakeStats;
import io.loble.tls.TestFiles;
import io.loble.tls.TlsVersion;
import io.netty.pkitesting.X509Bundle;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients of a listener that decrypts, with the JDK's TLS at their end. */
@ParameterizedClass
@MethodSource("modes")
class TlsListenerTest {

  private static final X509Bundle A = leaf(AUTHORITY, "a.example", "*.a.example");
  private static final X509Bundle B = leaf(AUTHORITY, "b.example");
  private static final int MUCH = 4_000_000;

  private final RelayMode mode;

  @TempDir private Path directory = Path.of("");

  TlsListenerTest(RelayMode mode) {
    this.mode = mode;
  }

  static Stream<RelayMode> modes() {
    return RelayMode.here().filter(mode -> mode == RelayMode.BUFFERS || mode == RelayMode.PORTABLE);
  }

  private ListenerTls tls() {
    return TestFiles.listener(file("a", A), file("b", B));
  }

  private CertificateFiles file(String name, X509Bundle bundle) {
    return TestFiles.write(directory, name, bundle);
  }

  private static SSLSocket connect(TestProxy proxy, SSLContext context, String name)
      throws IOException {
    return (SSLSocket) Wire.client(context, proxy.connect(), name).socket();
  }

  /** A client that does not say whether it trusts: it looks at what it is shown. */
  private static String shownTo(TestProxy proxy, String name) throws Exception {
    try (SSLSocket socket = connect(proxy, TestFiles.context(A), name)) {
      socket.startHandshake();
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.equals(A.getCertificate()) ? "a" : "b";
    }
  }

  private static HandshakeStats handshakes(TestProxy proxy) {
    return new ListenerRegistry(proxy.vertx()).security("default").stats();
  }

  private static long handshakes(TestProxy proxy, String result, String version, boolean resumed) {
    return handshakes(proxy).counts().stream()
        .filter(count -> count.result().equals(result))
        .filter(count -> count.version().equals(version) && count.resumed() == resumed)
        .mapToLong(HandshakeStats.Count::total)
        .sum();
  }

  @Test
  void certificatesAreChosenByName() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend(server.port()).tls(tls()))) {
      assertThat(shownTo(proxy, "a.example")).isEqualTo("a");
      assertThat(shownTo(proxy, "b.example")).isEqualTo("b");
      assertThat(shownTo(proxy, "x.a.example")).isEqualTo("a");
      assertThat(shownTo(proxy, "other.example")).isEqualTo("a");
      assertThat(handshakes(proxy, "ok", "TLSv1.3", false)).isEqualTo(4);
      assertThat(handshakes(proxy).failures()).isZero();
    }
  }

  @Test
  void strictListenersRefuseOtherNames() throws Exception {
    ListenerTls strict =
        new ListenerTls(
            tls().certificates(),
            true,
            "",
            ClientAuth.NONE,
            TlsVersion.TLS_1_2,
            List.of(),
            List.of());
    try (TestServer server = TestServer.echo();
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend(server.port()).tls(strict))) {
      assertThat(shownTo(proxy, "b.example")).isEqualTo("b");
      assertThatThrownBy(() -> shownTo(proxy, "other.example"))
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("unrecognized_name");
      await().until(() -> proxy.listener().rejectedTotal(Rejection.TLS) == 1);
      assertThat(handshakes(proxy, "unknown_name", "", false)).isEqualTo(1);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  /** Both ends of the stream are told apart: half-close is a matter of TLS 1.2 and 1.3 here. */
  @Test
  void aClientThatHasFinishedIsAnswered() throws Exception {
    try (TestServer server = countingServer();
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend(server.port()).tls(tls()))) {
      for (String version : List.of("TLSv1.2", "TLSv1.3")) {
        try (SSLSocket client = connect(proxy, TestFiles.context(A), "a.example")) {
          client.setEnabledProtocols(new String[] {version});
          client.getOutputStream().write(new byte[MUCH]);
          client.shutdownOutput();
          assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
              .isEqualTo(String.valueOf(MUCH));
        }
      }
      proxy.awaitIdle();
      assertThat(proxy.backend(0).stats().counters().bytesToBackend()).isEqualTo(2L * MUCH);
    }
  }

  /** Says how many bytes it got, once it got the end. */
  private static TestServer countingServer() {
    return TestServer.start(
        socket -> {
          long count = 0;
          byte[] block = new byte[65_536];
          for (int n = socket.getInputStream().read(block); n >= 0; ) {
            count += n;
            n = socket.getInputStream().read(block);
          }
          socket.getOutputStream().write(String.valueOf(count).getBytes(US_ASCII));
        });
  }

  @Test
  void aFinWithoutCloseNotifyIsAReset() throws Exception {
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    try (TestServer server = noting(ends);
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend(server.port()).tls(tls()));
        Socket raw = proxy.connect()) {
      SSLSocket client = (SSLSocket) Wire.client(TestFiles.context(A), raw, "a.example").socket();
      client.getOutputStream().write("half".getBytes(US_ASCII));
      client.getInputStream().read();
      raw.shutdownOutput();
      assertThat(ends.poll(10, SECONDS)).isEqualTo("reset after 4");
    }
  }

  /** Sends a byte for the first one, and notes how the connection ends. */
  private static TestServer noting(BlockingQueue<String> ends) {
    return TestServer.start(
        socket -> {
          int count = 0;
          try {
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
              count++;
              if (count == 4) {
                socket.getOutputStream().write(1);
              }
            }
            ends.add("end after " + count);
          } catch (SocketException e) {
            ends.add("reset after " + count);
          }
        });
  }

  @Test
  void aCutAnswerIsAReset() throws Exception {
    try (TestServer server =
            TestServer.start(
                socket -> {
                  socket.getInputStream().read();
                  socket.getOutputStream().write("half".getBytes(US_ASCII));
                  RelayTest.reset(socket);
                });
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend(server.port()).tls(tls()));
        SSLSocket client = connect(proxy, TestFiles.context(A), "a.example")) {
      client.getOutputStream().write(1);
      assertThatThrownBy(() -> client.getInputStream().readAllBytes())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void sessionsAreResumed() throws Exception {
    SSLContext context = TestFiles.context(A);
    try (TestServer server = TestServer.saying("hello");
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend(server.port()).tls(tls()))) {
      for (int i = 0; i < 3; i++) {
        try (SSLSocket client = connect(proxy, context, "a.example")) {
          client.getOutputStream().write(1);
          assertThat(client.getInputStream().readAllBytes()).hasSize(5);
        }
      }
      await().until(() -> handshakes(proxy, "ok", "TLSv1.3", true) == 2);
      assertThat(handshakes(proxy, "ok", "TLSv1.3", false)).isEqualTo(1);
    }
  }

  @Test
  void clientsHaveToShowACertificateOfTheAuthority() throws Exception {
    Path authority = TestFiles.authority(directory, "ca", AUTHORITY);
    ListenerTls required =
        new ListenerTls(
            tls().certificates(),
            false,
            authority.toString(),
            ClientAuth.REQUIRE,
            TlsVersion.TLS_1_2,
            List.of(),
            List.of());
    try (TestServer server = TestServer.echo();
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend(server.port()).tls(required))) {
      assertThat(echoed(proxy, TestFiles.context(client(AUTHORITY, "CN=alice")))).isTrue();
      assertThatThrownBy(() -> echoed(proxy, TestFiles.context(client(STRANGER, "CN=mallory"))))
          .isInstanceOf(IOException.class);
      await().until(() -> proxy.listener().rejectedTotal(Rejection.TLS) == 1);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  private static boolean echoed(TestProxy proxy, SSLContext context) throws IOException {
    try (SSLSocket client = connect(proxy, context, "a.example")) {
      client.getOutputStream().write(7);
      return client.getInputStream().read() == 7;
    }
  }

  @Test
  void whoLooksWhetherSomebodyListensIsNotRefused() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend(server.port()).tls(tls()))) {
      proxy.connect().close();
      await().until(() -> handshakes(proxy, "closed", "", false) == 1);
      proxy.awaitIdle();
      assertThat(proxy.listener().rejectedTotal(Rejection.TLS)).isZero();
    }
  }

  @Test
  void whoSpeaksSomethingElseOrNothingIsRefused() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig()
                    .backend(server.port())
                    .handshake(Duration.ofMillis(300))
                    .tls(tls()));
        Socket http = proxy.connect();
        Socket silent = proxy.connect()) {
      http.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
      await().until(() -> handshakes(proxy, "not_tls", "", false) == 1);
      await().until(() -> handshakes(proxy, "timeout", "", false) == 1);
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
      assertThat(proxy.listener().rejectedTotal(Rejection.TLS)).isEqualTo(2);
      assertThat(server.accepted()).isZero();
    }
  }

  @Test
  void routesKnowTheNameAndTheProtocol() throws Exception {
    ListenerTls tls =
        new ListenerTls(
            tls().certificates(),
            false,
            "",
            ClientAuth.NONE,
            TlsVersion.TLS_1_2,
            List.of(),
            List.of("h2", "http/1.1"));
    FrontConfig front =
        FrontConfig.NONE.withRoutes(
            new RouteConfig(List.of(), List.of("h2"), List.of(), "h2"),
            new RouteConfig(List.of("b.example"), List.of(), List.of(), "b"));
    try (TestServer other = FrontClient.named("other");
        TestServer h2 = FrontClient.named("h2");
        TestServer b = FrontClient.named("b");
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig()
                    .backend(other.port())
                    .pool("h2", h2.port())
                    .pool("b", b.port())
                    .front(front)
                    .tls(tls))) {
      assertThat(served(proxy, "a.example", "h2")).isEqualTo("h2");
      assertThat(served(proxy, "B.example", "http/1.1")).isEqualTo("b");
      assertThat(served(proxy, "a.example", "http/1.1")).isEqualTo("other");
      assertThat(served(proxy, "a.example", "unknown")).isEqualTo("other");
    }
  }

  private static String served(TestProxy proxy, String name, String protocol) throws Exception {
    try (SSLSocket client = connect(proxy, TestFiles.context(A), name)) {
      SSLParameters parameters = client.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {protocol});
      client.setSSLParameters(parameters);
      DataInputStream in = new DataInputStream(client.getInputStream());
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next > 0 && next != '\n'; next = in.read()) {
        line.append((char) next);
      }
      return line.toString();
    }
  }

  @Test
  void aProxyHeaderComesBeforeTheHandshake() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig()
                    .backend(server.port())
                    .front(FrontConfig.NONE.withProxyFrom())
                    .tls(tls()));
        Socket raw = proxy.connect()) {
      raw.getOutputStream().write("PROXY TCP4 10.1.2.3 10.0.0.1 5 443\r\n".getBytes(US_ASCII));
      SSLSocket client = (SSLSocket) Wire.client(TestFiles.context(A), raw, "a.example").socket();
      client.getOutputStream().write(7);
      assertThat(client.getInputStream().read()).isEqualTo(7);
    }
  }

  /** A client of a moment ago keeps what it has; the next one gets what was asked for. */
  @Test
  void tlsIsSwitchedOnAndOff() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(server.port()));
        Socket plain = proxy.connect()) {
      TestProxy.done(proxy.apply(new TestConfig().backend(server.port()).tls(tls())));
      assertThat(echoed(proxy, TestFiles.context(A))).isTrue();
      plain.getOutputStream().write(7);
      assertThat(plain.getInputStream().read()).isEqualTo(7);
      TestProxy.done(proxy.apply(new TestConfig().backend(server.port())));
      try (Socket later = proxy.connect()) {
        later.getOutputStream().write(7);
        assertThat(later.getInputStream().read()).isEqualTo(7);
      }
    }
  }
}
