package io.loble.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.loble.model.Algorithm;
import io.loble.model.BackendState;
import io.loble.model.ClosedPort;
import io.loble.model.ConnectFailure;
import io.loble.model.Rejection;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client sees, and what is counted, when something is wrong with a backend or a limit. */
@ParameterizedClass
@MethodSource("io.loble.proxy.RelayMode#here")
class FaultsTest {

  private final RelayMode mode;

  FaultsTest(RelayMode mode) {
    this.mode = mode;
  }

  @Test
  void aRefusedConnectGoesToTheNextBackend() throws Exception {
    try (TestServer server = TestServer.saying("hello");
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig()
                    .failureThreshold(1000)
                    .backend(ClosedPort.next())
                    .backend(server.port()))) {
      for (int i = 0; i < 10; i++) {
        assertAnswer(proxy, "hello");
      }
      assertThat(proxy.backend(0).stats().counters().connectFailures(ConnectFailure.REFUSED))
          .isEqualTo(5);
      assertThat(proxy.backend(0).stats().counters().total()).isZero();
      assertThat(proxy.backend(1).stats().counters().total()).isEqualTo(10);
      assertThat(proxy.listener().rejectedTotal()).isZero();
      proxy.awaitIdle();
    }
  }

  @Test
  void withoutRetriesARefusedConnectResetsTheClient() throws Exception {
    try (TestProxy proxy =
        TestProxy.start(mode, new TestConfig().retries(0).backend(ClosedPort.next()))) {
      assertReset(proxy);
      proxy.awaitIdle();
      assertThat(proxy.listener().rejectedTotal(Rejection.CONNECT_FAILED)).isEqualTo(1);
    }
  }

  @Test
  void noMoreBackendsAreTriedThanRetriesAllow() throws Exception {
    try (TestServer server = TestServer.saying("hello");
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig()
                    .retries(1)
                    .failureThreshold(1000)
                    .backend(ClosedPort.next())
                    .backend(ClosedPort.next())
                    .backend(server.port()))) {
      // The first turn is the first backend's, so both tries go to closed ports.
      assertReset(proxy);
      proxy.awaitIdle();
      assertThat(proxy.backend(0).stats().counters().failures()).isEqualTo(1);
      assertThat(proxy.backend(1).stats().counters().failures()).isEqualTo(1);
      assertThat(server.accepted()).isZero();
    }
  }

  @Test
  void aConnectThatIsNotAnsweredTimesOutAndGoesToTheNextBackend() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TestServer server = TestServer.saying("hello");
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig()
                    .connect(Duration.ofMillis(300))
                    .backend(full.getLocalPort())
                    .backend(server.port()))) {
      List<SocketChannel> queue = fillBacklog(full);
      assertAnswer(proxy, "hello");
      proxy.awaitIdle();
      assertThat(proxy.backend(0).stats().counters().connectFailures(ConnectFailure.TIMEOUT))
          .isEqualTo(1);
      for (SocketChannel channel : queue) {
        channel.close();
      }
    }
  }

  @Test
  void aClientIsResetWhenNoBackendIsThere() throws Exception {
    try (TestProxy proxy = TestProxy.start(mode, new TestConfig())) {
      assertReset(proxy);
      proxy.awaitIdle();
      assertThat(proxy.listener().rejectedTotal(Rejection.NO_BACKEND)).isEqualTo(1);
      assertThat(proxy.listener().acceptedTotal()).isEqualTo(1);
    }
  }

  @Test
  void aFullBackendIsPassedOver() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend("127.0.0.1", server.port(), 1, 1));
        Socket first = proxy.connect()) {
      first.getOutputStream().write(1);
      assertThat(first.getInputStream().read()).isEqualTo(1);
      assertReset(proxy);
      assertThat(proxy.listener().rejectedTotal(Rejection.BACKENDS_FULL)).isEqualTo(1);
      first.shutdownOutput();
      proxy.awaitIdle();
      assertThat(proxy.backend(0).stats().counters().total()).isEqualTo(1);
    }
  }

  @Test
  void aBackendWithoutWeightGetsNoNewConnection() throws Exception {
    try (TestServer idle = TestServer.saying("never");
        TestServer server = TestServer.saying("hello");
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig()
                    .backend("127.0.0.1", idle.port(), 0, 0)
                    .backend("127.0.0.1", server.port(), 1, 0))) {
      for (int i = 0; i < 10; i++) {
        assertAnswer(proxy, "hello");
      }
      assertThat(idle.accepted()).isZero();
      proxy.awaitIdle();
    }
  }

  @Test
  void theProcessTakesNoMoreConnectionsThanItsLimit() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().maxConnections(1).backend(server.port()));
        Socket first = proxy.connect()) {
      first.getOutputStream().write(1);
      assertThat(first.getInputStream().read()).isEqualTo(1);
      assertReset(proxy);
      assertThat(proxy.listener().rejectedTotal(Rejection.LIMIT)).isEqualTo(1);
      first.shutdownOutput();
      proxy.awaitIdle();
      try (Socket next = proxy.connect()) {
        next.getOutputStream().write(2);
        assertThat(next.getInputStream().read()).isEqualTo(2);
      }
    }
  }

  @Test
  void aBackendThatResetsAtOnceLeavesAndComesBackOnTrial() throws Exception {
    boolean[] broken = {true};
    try (TestServer server =
            TestServer.start(
                socket -> {
                  if (broken[0]) {
                    RelayTest.reset(socket);
                  } else {
                    socket.getOutputStream().write("ok".getBytes(US_ASCII));
                  }
                });
        TestProxy proxy =
            TestProxy.start(
                mode, new TestConfig().trialsEvery(Duration.ofMillis(50)).backend(server.port()))) {
      await()
          .atMost(10, SECONDS)
          .until(
              () -> {
                tryOnce(proxy);
                return proxy.backend(0).state() == BackendState.UNHEALTHY;
              });
      assertThat(proxy.backend(0).stats().counters().failures()).isGreaterThanOrEqualTo(3);
      broken[0] = false;
      await()
          .atMost(10, SECONDS)
          .until(
              () -> {
                tryOnce(proxy);
                return proxy.backend(0).state() == BackendState.HEALTHY;
              });
      // The proxy hears of it a moment later.
      await().atMost(10, SECONDS).ignoreExceptions().untilAsserted(() -> assertAnswer(proxy, "ok"));
      proxy.awaitIdle();
    }
  }

  @Test
  void aHostNameIsABackendToo() throws Exception {
    try (TestServer server = TestServer.saying("hello");
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend("localhost", server.port(), 1, 0))) {
      assertAnswer(proxy, "hello");
      proxy.awaitIdle();
    }
  }

  @Test
  void anIpv6AddressIsABackendToo() throws Exception {
    InetAddress loopback = NetUtil.LOCALHOST6;
    assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "no IPv6 on this machine");
    try (TestServer server =
            TestServer.start(
                loopback, socket -> socket.getOutputStream().write("six".getBytes(US_ASCII)));
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend("::1", server.port(), 1, 0))) {
      assertAnswer(proxy, "six");
      proxy.awaitIdle();
    }
  }

  @Test
  void aHostNameThatDoesNotResolveIsAFailureOfItsOwn() throws Exception {
    try (TestServer server = TestServer.saying("hello");
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig()
                    .connect(Duration.ofSeconds(1))
                    .backend("no-such-host.invalid", 80, 1, 0)
                    .backend(server.port()))) {
      assertAnswer(proxy, "hello");
      assertThat(
              proxy.backend(0).stats().counters().connectFailures(ConnectFailure.RESOLVE)
                  + proxy.backend(0).stats().counters().connectFailures(ConnectFailure.TIMEOUT))
          .isEqualTo(1);
      proxy.awaitIdle();
    }
  }

  @Test
  void aClientAddressKeepsItsBackend() throws Exception {
    try (TestServer one = TestServer.saying("one");
        TestServer two = TestServer.saying("two");
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig()
                    .algorithm(Algorithm.SOURCE_HASH)
                    .backend(one.port())
                    .backend(two.port()))) {
      String answer = answer(proxy);
      for (int i = 0; i < 20; i++) {
        assertAnswer(proxy, answer);
      }
      proxy.awaitIdle();
    }
  }

  private static List<SocketChannel> fillBacklog(ServerSocket full) throws IOException {
    List<SocketChannel> queue = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.connect(full.getLocalSocketAddress());
      queue.add(channel);
    }
    return queue;
  }

  private static void tryOnce(TestProxy proxy) {
    try {
      answer(proxy);
    } catch (IOException e) {
      // What comes of it shows in the backend's state.
    }
  }

  private static String answer(TestProxy proxy) throws IOException {
    try (Socket client = proxy.connect()) {
      return new String(client.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private static void assertAnswer(TestProxy proxy, String expected) throws IOException {
    assertThat(answer(proxy)).isEqualTo(expected);
  }

  private static void assertReset(TestProxy proxy) {
    assertThatThrownBy(() -> answer(proxy)).isInstanceOf(SocketException.class);
  }
}
