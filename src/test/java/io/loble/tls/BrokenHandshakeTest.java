package io.loble.tls;

import static io.loble.tls.TestTls.A;
import static io.loble.tls.TestTls.client;
import static io.loble.tls.TestTls.server;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that speak something else than TLS, say nothing, or go in the middle of a handshake. */
class BrokenHandshakeTest {

  private final Peers peers = new Peers();

  @AfterEach
  void stop() {
    peers.close();
  }

  @ParameterizedTest
  @EnumSource
  void plainHttp(TlsEngine serves) throws Exception {
    Peers.Server listening = peers.serve(new ServerTls(serves, server(A)));
    Peers.End client = peers.connect(listening.address(), TestTls::plain);
    client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    TlsFailure failure = listening.next().failure();
    assertThat(failure).isEqualTo(new TlsFailure(FailureKind.NOT_TLS, "plain HTTP"));
    assertThat(client.next()).isEqualTo("[ChannelInputShutdownEvent]");
  }

  @ParameterizedTest
  @EnumSource
  void aBackendThatSpeaksPlainHttp(TlsEngine asks) throws Exception {
    Peers.Server listening = peers.serve(TestTls::plain);
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
    Peers.End client = peers.connect(listening.address(), TestTls::plain);
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
    Peers.End client = peers.connect(listening.address(), TestTls::plain);
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
    Peers.Server listening = peers.serve(TestTls::plain);
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
    Peers.Server listening = peers.serve(TestTls::plain);
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
    Peers.End client = peers.connect(listening.address(), TestTls::plain);
    client.write("x\n".repeat(1000));
    assertThat(listening.next().failure().text()).hasSizeLessThan(300).doesNotContain("\n");
  }
}
