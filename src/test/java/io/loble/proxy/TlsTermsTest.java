package io.loble.proxy;

import static io.loble.proxy.TlsClients.A;
import static io.loble.proxy.TlsClients.connect;
import static io.loble.proxy.TlsClients.handshakes;
import static io.loble.proxy.TlsClients.isEchoed;
import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.STRANGER;
import static io.loble.tls.TestCertificates.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.loble.config.FrontConfig;
import io.loble.config.ListenerTls;
import io.loble.config.ListenerTls.ClientAuth;
import io.loble.config.RouteConfig;
import io.loble.model.Rejection;
import io.loble.tls.TestFiles;
import io.loble.tls.TlsVersion;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a listener that decrypts agrees on with its clients, and what it does not. */
@ParameterizedClass
@MethodSource("io.loble.proxy.TlsClients#modes")
class TlsTermsTest {

  private final RelayMode mode;

  @TempDir private Path directory = Path.of("");

  TlsTermsTest(RelayMode mode) {
    this.mode = mode;
  }

  private ListenerTls tls() {
    return TlsClients.listener(directory);
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

  /** A client that does not say whether it trusts: it looks at what it is shown. */
  private static String shownTo(TestProxy proxy, String name) throws Exception {
    try (SSLSocket socket = connect(proxy, TestFiles.context(A), name)) {
      socket.startHandshake();
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.equals(A.getCertificate()) ? "a" : "b";
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
      assertThat(isEchoed(proxy, TestFiles.context(client(AUTHORITY, "CN=alice")))).isTrue();
      assertThatThrownBy(() -> isEchoed(proxy, TestFiles.context(client(STRANGER, "CN=mallory"))))
          .isInstanceOf(IOException.class);
      await().until(() -> proxy.listener().rejectedTotal(Rejection.TLS) == 1);
      assertThat(server.accepted()).isEqualTo(1);
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
}
