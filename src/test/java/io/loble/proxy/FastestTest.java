package io.loble.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.Algorithm;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** With {@code peak_ewma}, clients go where they are answered, not where they are ended soonest. */
@ParameterizedClass
@MethodSource("io.loble.proxy.RelayMode#here")
class FastestTest {

  private static final int CLIENTS = 60;
  private static final int FEW = 3;

  private final RelayMode mode;

  FastestTest(RelayMode mode) {
    this.mode = mode;
  }

  @Test
  void oneThatEndsEveryConnectionIsNotTheFastest() throws Exception {
    try (TestServer dead = TestServer.start(Socket::close);
        TestServer good = TestServer.start(FastestTest::answer);
        TestProxy proxy = TestProxy.start(mode, config(dead, good))) {
      ask(proxy);
      assertThat(dead.accepted()).isLessThanOrEqualTo(FEW);
      assertThat(good.accepted()).isGreaterThanOrEqualTo(CLIENTS - FEW);
    }
  }

  @Test
  void oneThatResetsEveryConnectionIsNotEither() throws Exception {
    try (TestServer dead = TestServer.start(FastestTest::reset);
        TestServer good = TestServer.start(FastestTest::answer);
        TestProxy proxy = TestProxy.start(mode, config(dead, good))) {
      ask(proxy);
      assertThat(dead.accepted()).isLessThanOrEqualTo(FEW);
    }
  }

  private static void ask(TestProxy proxy) throws IOException {
    for (int i = 0; i < CLIENTS; i++) {
      try (Socket client = proxy.connect()) {
        client.getOutputStream().write("x".getBytes(US_ASCII));
        client.getInputStream().readAllBytes();
      } catch (SocketException e) {
        // Was cut, by the backend that cuts.
      }
    }
  }

  private static void answer(Socket socket) throws IOException {
    socket.getInputStream().read();
    socket.getOutputStream().write("hello".getBytes(US_ASCII));
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
  }

  private static TestConfig config(TestServer dead, TestServer good) {
    return new TestConfig()
        .backend(dead.port())
        .backend(good.port())
        .failureThreshold(1_000_000)
        .algorithm(Algorithm.PEAK_EWMA);
  }
}
