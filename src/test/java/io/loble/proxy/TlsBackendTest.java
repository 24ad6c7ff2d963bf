package io.loble.proxy;

import static io.loble.proxy.TlsServers.echo;
import static io.loble.proxy.TlsServers.isEchoed;
import static io.loble.proxy.TlsServers.server;
import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.NOW;
import static io.loble.tls.TestCertificates.STRANGER;
import static io.loble.tls.TestCertificates.leaf;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.loble.config.CertificateFiles;
import io.loble.model.BackendState;
import io.loble.model.ConnectFailure;
import io.loble.model.PoolTls;
import io.loble.model.SendProxy;
import io.loble.tls.TestFiles;
import io.loble.upstream.BackendTls;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Backends that are spoken to over TLS, with the JDK's at their end. */
@ParameterizedClass
@MethodSource("io.loble.proxy.TlsClients#modes")
class TlsBackendTest {

  private static final String NAME = "db.example";
  private static final X509Bundle GOOD = leaf(AUTHORITY, NAME);

  private final RelayMode mode;

  @TempDir private Path directory = Path.of("");

  TlsBackendTest(RelayMode mode) {
    this.mode = mode;
  }

  private PoolTls tls() {
    return TestFiles.pool(TestFiles.authority(directory, "ca", AUTHORITY), NAME);
  }

  private TestProxy proxyOf(TestServer server) {
    return TestProxy.start(mode, new TestConfig().backend(server.port()).poolTls(tls()));
  }

  @Test
  void plainClientsAreServed() throws Exception {
    try (TestServer server = echo(GOOD);
        TestProxy proxy = proxyOf(server)) {
      assertThat(isEchoed(proxy)).isTrue();
      proxy.awaitIdle();
      assertThat(BackendTls.of(proxy.vertx()).stats("default").failures()).isZero();
    }
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(leaf(AUTHORITY, "other.example"), "name_mismatch"),
        Arguments.of(leaf(STRANGER, NAME), "unknown_authority"),
        Arguments.of(
            leaf(NOW.minus(Duration.ofDays(9)), NOW.minus(Duration.ofDays(2)), NAME), "expired"),
        Arguments.of(
            leaf(NOW.plus(Duration.ofDays(2)), NOW.plus(Duration.ofDays(9)), NAME),
            "not_yet_valid"));
  }

  /** The next backend is tried; what was wrong has a name in the metrics and in the log. */
  @ParameterizedTest
  @MethodSource("faults")
  void aBackendThatCannotBeTrustedIsRefused(X509Bundle certificate, String fault) throws Exception {
    CapturedLog log = new CapturedLog("loble.health", Level.INFO);
    try (TestServer bad = echo(certificate);
        TestServer good = echo(GOOD);
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig()
                    .backend(bad.port())
                    .backend(good.port())
                    .failureThreshold(1)
                    .poolTls(tls()))) {
      assertThat(isEchoed(proxy)).isTrue();
      assertThat(isEchoed(proxy)).isTrue();
      // Each of two event loops may have tried it.
      assertThat(failures(proxy, fault))
          .isPositive()
          .isEqualTo(proxy.backend(0).stats().counters().connectFailures(ConnectFailure.TLS));
      await().until(() -> proxy.backend(0).state() == BackendState.UNHEALTHY);
      await().until(() -> log.messages().stream().anyMatch(line -> line.contains("TLS: ")));
    } finally {
      log.stop();
    }
  }

  private static long failures(TestProxy proxy, String fault) {
    return BackendTls.of(proxy.vertx()).stats("default").counts().stream()
        .filter(count -> count.result().equals(fault))
        .mapToLong(count -> count.total())
        .sum();
  }

  @Test
  void probesSeeABackendThatCannotBeTrusted() throws Exception {
    try (TestServer bad = echo(leaf(STRANGER, NAME));
        TestServer good = echo(GOOD);
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig()
                    .backend(bad.port())
                    .backend(good.port())
                    .probing(Duration.ofMillis(50))
                    .poolTls(tls()))) {
      await().atMost(10, SECONDS).until(() -> proxy.backend(0).state() == BackendState.UNHEALTHY);
      await().atMost(10, SECONDS).until(() -> proxy.backend(1).state() == BackendState.HEALTHY);
      assertThat(isEchoed(proxy)).isTrue();
      assertThat(failures(proxy, "unknown_authority")).isZero();
    }
  }

  /** Where nobody can be trusted, the client is turned away; what is plain is no TLS either. */
  @Test
  void aBackendThatSpeaksSomethingElseIsRefused() throws Exception {
    try (TestServer plain = TestServer.saying("220 ready\r\n");
        TestProxy proxy =
            TestProxy.start(
                mode, new TestConfig().backend(plain.port()).retries(0).poolTls(tls()))) {
      assertThatThrownBy(() -> assertThat(isEchoed(proxy)).isTrue()).isNotNull();
      await().until(() -> failures(proxy, "not_tls") == 1);
      proxy.awaitIdle();
    }
  }

  @Test
  void aBackendThatIsSilentIsGivenUp() throws Exception {
    try (TestServer silent = TestServer.start(socket -> socket.getInputStream().readAllBytes());
        TestServer good = echo(GOOD);
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig()
                    .backend(silent.port())
                    .backend(good.port())
                    .handshake(Duration.ofMillis(200))
                    .poolTls(tls()))) {
      assertThat(isEchoed(proxy)).isTrue();
      assertThat(isEchoed(proxy)).isTrue();
      assertThat(failures(proxy, "timeout")).isPositive();
    }
  }

  /** A client that leaves meanwhile takes the connection that is being made with it. */
  @Test
  void aClientThatLeavesEndsTheHandshake() throws Exception {
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    try (TestServer silent =
            TestServer.start(
                socket -> {
                  ends.add("begun");
                  try {
                    socket.getInputStream().readAllBytes();
                  } finally {
                    ends.add("ended");
                  }
                });
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend(silent.port()).poolTls(tls()));
        Socket client = proxy.connect()) {
      assertThat(ends.poll(10, SECONDS)).isEqualTo("begun");
      RelayTest.reset(client);
      assertThat(ends.poll(5, SECONDS)).isEqualTo("ended");
      proxy.awaitIdle();
      assertThat(proxy.backend(0).state()).isEqualTo(BackendState.HEALTHY);
    }
  }

  @Test
  void theHeaderComesBeforeTheHandshake() throws Exception {
    SSLContext context = TestFiles.context(GOOD);
    BlockingQueue<String> headers = new LinkedBlockingQueue<>();
    try (TestServer server =
            TestServer.start(
                raw -> {
                  headers.add(line(raw.getInputStream()));
                  try (Wire wire = Wire.server(context, raw)) {
                    wire.socket().getInputStream().transferTo(wire.socket().getOutputStream());
                  }
                });
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig().backend(server.port()).sendProxy(SendProxy.V1).poolTls(tls()))) {
      assertThat(isEchoed(proxy)).isTrue();
      assertThat(headers.poll(10, SECONDS)).startsWith("PROXY TCP4 127.0.0.1 127.0.0.1 ");
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  /** In TLS 1.3 the backend says so only after the handshake. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aBackendThatWantsACertificateIsNamed(String version) throws Exception {
    try (TestServer server =
            server(
                GOOD,
                socket -> {
                  socket.setEnabledProtocols(new String[] {version});
                  socket.setNeedClientAuth(true);
                  socket.getInputStream().transferTo(socket.getOutputStream());
                });
        TestProxy proxy =
            TestProxy.start(
                mode, new TestConfig().backend(server.port()).retries(0).poolTls(tls()))) {
      assertThatThrownBy(() -> assertThat(isEchoed(proxy)).isTrue()).isNotNull();
      await().until(() -> BackendTls.of(proxy.vertx()).stats("default").failures() == 1);
      proxy.awaitIdle();
    }
  }

  @Test
  void aCertificateIsShownToABackendThatAsks() throws Exception {
    CertificateFiles own = TestFiles.write(directory, "own", leaf(AUTHORITY, "loble.example"));
    PoolTls tls =
        new PoolTls(
            true,
            PoolTls.Verify.FULL,
            tls().ca(),
            NAME,
            false,
            own.cert(),
            own.key(),
            "",
            List.of());
    try (TestServer server =
            server(
                GOOD,
                socket -> {
                  socket.setNeedClientAuth(true);
                  socket.getInputStream().transferTo(socket.getOutputStream());
                });
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend(server.port()).poolTls(tls))) {
      assertThat(isEchoed(proxy)).isTrue();
    }
  }

  @Test
  void theNameThatTheClientAsksForIsPassedOn() throws Exception {
    BlockingQueue<String> names = new LinkedBlockingQueue<>();
    X509Bundle many = leaf(AUTHORITY, "a.example", "b.example", NAME);
    CertificateFiles files = TestFiles.write(directory, "many", many);
    PoolTls tls = tls();
    PoolTls forwarding =
        new PoolTls(true, tls.verify(), tls.ca(), NAME, true, "", "", "", List.of());
    try (TestServer server =
            server(
                many,
                socket -> {
                  socket.startHandshake();
                  names.add(
                      ((ExtendedSSLSession) socket.getSession())
                          .getRequestedServerNames().stream()
                              .map(name -> ((SNIHostName) name).getAsciiName())
                              .findFirst()
                              .orElse("none"));
                  socket.getInputStream().transferTo(socket.getOutputStream());
                });
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig()
                    .backend(server.port())
                    .tls(TestFiles.listener(files))
                    .poolTls(forwarding))) {
      for (String name : List.of("a.example", "b.example")) {
        try (Wire client = Wire.client(TestFiles.context(many), proxy.connect(), name)) {
          client.socket().getOutputStream().write(7);
          assertThat(client.socket().getInputStream().read()).isEqualTo(7);
          assertThat(names.poll(10, SECONDS)).isEqualTo(name);
        }
      }
    }
  }

  @Test
  void aCutAnswerIsAResetToTheClient() throws Exception {
    SSLContext context = TestFiles.context(GOOD);
    try (TestServer server =
            TestServer.start(
                raw -> {
                  Wire wire = Wire.server(context, raw);
                  wire.socket().getInputStream().read();
                  wire.socket().getOutputStream().write("half".getBytes(US_ASCII));
                  // A FIN of whoever is between, who cannot say close_notify.
                  raw.shutdownOutput();
                  raw.getInputStream().readAllBytes();
                });
        TestProxy proxy = proxyOf(server);
        Socket client = proxy.connect()) {
      client.getOutputStream().write(1);
      assertThatThrownBy(() -> client.getInputStream().readAllBytes())
          .isInstanceOf(IOException.class);
      proxy.awaitIdle();
    }
  }
}
