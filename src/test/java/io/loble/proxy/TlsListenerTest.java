package io.loble.proxy;

import static io.loble.proxy.TlsClients.A;
import static io.loble.proxy.TlsClients.connect;
import static io.loble.proxy.TlsClients.handshakes;
import static io.loble.proxy.TlsClients.isEchoed;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.loble.config.FrontConfig;
import io.loble.config.ListenerTls;
import io.loble.model.Rejection;
import io.loble.tls.TestFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients of a listener that decrypts, with the JDK's TLS at their end. */
@ParameterizedClass
@MethodSource("io.loble.proxy.TlsClients#modes")
class TlsListenerTest {

  private static final int MUCH = 4_000_000;

  private final RelayMode mode;

  @TempDir private Path directory = Path.of("");

  TlsListenerTest(RelayMode mode) {
    this.mode = mode;
  }

  private ListenerTls tls() {
    return TlsClients.listener(directory);
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
      assertThat(isEchoed(proxy, TestFiles.context(A))).isTrue();
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
