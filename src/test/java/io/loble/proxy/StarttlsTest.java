package io.loble.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.FrontConfig;
import io.loble.config.RouteConfig;
import io.loble.model.Rejection;
import io.loble.preface.Starttls;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL's clients that ask for TLS, and servers that have to be asked in their place. */
@ParameterizedClass
@MethodSource("io.loble.proxy.RelayMode#here")
class StarttlsTest {

  private static final byte[] SSL = ByteBuffer.allocate(8).putInt(8).putInt(80877103).array();
  private static final byte[] GSS = ByteBuffer.allocate(8).putInt(8).putInt(80877104).array();
  private static final byte[] STARTUP =
      ByteBuffer.allocate(9).putInt(9).putInt(196608).put((byte) 0).array();
  private static final FrontConfig FRONT =
      FrontConfig.NONE
          .withStarttls(Starttls.POSTGRES)
          .withRoutes(new RouteConfig(List.of("a.example"), List.of(), List.of(), "tls"));

  private final RelayMode mode;

  StarttlsTest(RelayMode mode) {
    this.mode = mode;
  }

  /** A server that answers the request for TLS, and echoes what follows. */
  private static TestServer answering(String answer) {
    return TestServer.start(
        socket -> {
          assertThat(socket.getInputStream().readNBytes(8)).isEqualTo(SSL);
          socket.getOutputStream().write(answer.getBytes(US_ASCII));
          echo(socket);
        });
  }

  private static void echo(Socket socket) throws IOException {
    socket.getInputStream().transferTo(socket.getOutputStream());
  }

  @Test
  void tlsIsBetweenClientAndServer() throws Exception {
    byte[] hello = Hello.of("a.example");
    try (TestServer plain = FrontClient.named("plain");
        TestServer tls = answering("S");
        TestProxy proxy = start(plain, tls)) {
      try (FrontClient client = new FrontClient(proxy)) {
        client.send(SSL).gets(new byte[] {'S'});
        client.byteByByte(hello).gets(hello);
        client.send("more").gets("more".getBytes(US_ASCII));
        client.end().ends();
      }
      try (FrontClient client = new FrontClient(proxy)) {
        client.byteByByte(GSS).gets(new byte[] {'N'});
        client.byteByByte(SSL).gets(new byte[] {'S'});
        client.send(hello).gets(hello);
      }
      proxy.awaitIdle();
      assertThat(proxy.listener().rejectedTotal()).isZero();
      assertThat(plain.accepted()).isZero();
      assertThat(proxy.backend("tls").stats().counters().failures()).isZero();
    }
  }

  @Test
  void aClientWithoutTlsIsRelayedAsItIs() throws Exception {
    try (TestServer plain = FrontClient.named("plain");
        TestServer tls = answering("S");
        TestProxy proxy = start(plain, tls)) {
      try (FrontClient client = new FrontClient(proxy)) {
        client.send(STARTUP);
        assertThat(client.line()).isEqualTo("plain");
        client.gets(STARTUP);
      }
      try (FrontClient client = new FrontClient(proxy)) {
        client.send(GSS).gets(new byte[] {'N'});
        client.send(STARTUP);
        assertThat(client.line()).isEqualTo("plain");
        client.gets(STARTUP);
      }
    }
  }

  @Test
  void bytesThatComeWithTheRequestAreNotTrusted() throws Exception {
    try (TestServer plain = FrontClient.named("plain");
        TestServer tls = answering("S");
        TestProxy proxy = start(plain, tls)) {
      try (FrontClient client = new FrontClient(proxy)) {
        byte[] hello = Hello.of("a.example");
        client.send(ByteBuffer.allocate(8 + hello.length).put(SSL).put(hello).array()).isReset();
      }
      try (FrontClient client = new FrontClient(proxy)) {
        client.send(SSL).gets(new byte[] {'S'});
        client.send(STARTUP).isReset();
      }
      proxy.awaitIdle();
      assertThat(proxy.listener().rejectedTotal(Rejection.BAD_PREFACE)).isEqualTo(2);
      assertThat(tls.accepted()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"N", "E", "Sx", ""})
  void aServerThatDoesNotAcceptIsAFailure(String answer) throws Exception {
    try (TestServer plain = FrontClient.named("plain");
        TestServer tls = answering(answer);
        TestProxy proxy =
            TestProxy.start(mode, config(plain, tls).connect(Duration.ofMillis(500)))) {
      try (FrontClient client = new FrontClient(proxy)) {
        client.send(SSL).gets(new byte[] {'S'});
        client.send(Hello.of("a.example")).isReset();
      }
      proxy.awaitIdle();
      assertThat(proxy.backend("tls").stats().counters().failures()).isEqualTo(1);
      assertThat(proxy.listener().rejectedTotal()).isZero();
    }
  }

  private TestProxy start(TestServer plain, TestServer tls) {
    return TestProxy.start(mode, config(plain, tls));
  }

  private static TestConfig config(TestServer plain, TestServer tls) {
    return new TestConfig().backend(plain.port()).pool("tls", tls.port()).front(FRONT);
  }
}
