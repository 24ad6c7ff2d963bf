package io.loble.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The most ordinary of endings: one side sends its last bytes and resets right behind them. */
@ParameterizedClass
@MethodSource("io.loble.proxy.RelayMode#here")
class ResetsTest {

  /**
   * At 300 ms each, as a reset that waits for a timer takes, they would need twice the deadline.
   */
  private static final int TALKS = 100;

  private static final int DEADLINE_SECONDS = 15;

  private final RelayMode mode;

  ResetsTest(RelayMode mode) {
    this.mode = mode;
  }

  @Test
  void aResetFollowsItsBytesAtOnce() throws Exception {
    mode.assumeTellsOfUnsentBytes();
    try (TestServer server = answeringAndResetting();
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend("127.0.0.1", server.port(), 1, 10))) {
      inTime(
          () -> {
            for (int i = 0; i < TALKS; i++) {
              assertThat(answerBeforeReset(proxy)).isEqualTo("x");
            }
          });
      proxy.awaitIdle();
      assertThat(proxy.listener().rejectedTotal()).isZero();
      assertThat(proxy.backend(0).stats().counters().total()).isEqualTo(TALKS);
    }
  }

  /** The bytes that the client has not taken fill the kernel's buffers, and one of the balancer. */
  @Test
  void aBackendThatHasResetHasItsPlaceBackWhileTheClientStillReads() throws Exception {
    mode.assumeTellsOfUnsentBytes();
    AtomicInteger served = new AtomicInteger();
    CompletableFuture<Integer> sent = new CompletableFuture<>();
    TestProxy[] balancer = new TestProxy[1];
    try (TestServer server =
            TestServer.start(
                socket -> {
                  if (served.getAndIncrement() == 0) {
                    sent.complete(sendUntilBacklog(socket, balancer[0]));
                    RelayTest.reset(socket);
                  } else {
                    socket.getOutputStream().write("next".getBytes(US_ASCII));
                  }
                });
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend("127.0.0.1", server.port(), 1, 1))) {
      balancer[0] = proxy;
      try (Socket slow = withSmallBuffer(proxy.port())) {
        int bytes = sent.get(DEADLINE_SECONDS, SECONDS);
        await()
            .atMost(DEADLINE_SECONDS, SECONDS)
            .ignoreExceptions()
            .until(() -> answer(proxy).equals("next"));
        assertThat(slow.getInputStream().readNBytes(bytes)).hasSize(bytes).containsOnly('x');
        assertThatThrownBy(() -> slow.getInputStream().read()).isInstanceOf(SocketException.class);
      }
      proxy.awaitIdle();
    }
  }

  /** Sends blocks until the balancer has stopped to read; all of them leave this side's kernel. */
  private static int sendUntilBacklog(Socket socket, TestProxy proxy) throws IOException {
    byte[] block = new byte[8 * 1024];
    Arrays.fill(block, (byte) 'x');
    int bytes = 0;
    while (true) {
      socket.getOutputStream().write(block);
      bytes += block.length;
      if (!reaches(proxy, bytes)) {
        soon().until(() -> UnsentBytes.of(socket) == 0);
        return bytes;
      }
    }
  }

  private static boolean reaches(TestProxy proxy, int bytes) {
    try {
      soon()
          .atMost(Duration.ofMillis(300))
          .until(() -> proxy.backend(0).stats().counters().bytesToClient() == bytes);
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }

  @Test
  void clientsThatResetBehindTheAnswerHoldNoPlace() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend("127.0.0.1", server.port(), 1, 1))) {
      inTime(
          () -> {
            for (int i = 0; i < TALKS; i++) {
              soon().ignoreExceptions().until(() -> askAndReset(proxy));
            }
          });
      proxy.awaitIdle();
    }
  }

  private interface Talks {
    void run() throws Exception;
  }

  private static void inTime(Talks talks) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                talks.run();
                done.complete(null);
              } catch (Throwable e) {
                done.completeExceptionally(e);
              }
            });
    thread.start();
    done.get(DEADLINE_SECONDS, SECONDS);
  }

  private static TestServer answeringAndResetting() {
    return TestServer.start(
        socket -> {
          soon().until(() -> socket.getInputStream().available() > 0);
          socket.getOutputStream().write('x');
          // On loopback what is written has arrived; a look at all sockets would take too long.
          RelayTest.reset(socket);
        });
  }

  private static String answerBeforeReset(TestProxy proxy) throws IOException {
    try (Socket client = proxy.connect()) {
      client.getOutputStream().write("hi".getBytes(US_ASCII));
      InputStream in = client.getInputStream();
      String answer = new String(in.readNBytes(1), US_ASCII);
      assertThatThrownBy(in::read).isInstanceOf(SocketException.class);
      return answer;
    }
  }

  private static boolean askAndReset(TestProxy proxy) throws IOException {
    Socket client = proxy.connect();
    try {
      client.getOutputStream().write('?');
      return client.getInputStream().read() == '?';
    } finally {
      RelayTest.reset(client);
    }
  }

  private static String answer(TestProxy proxy) throws IOException {
    try (Socket client = proxy.connect()) {
      return new String(client.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  /** Looks again after a millisecond: many such waits must not take long by themselves. */
  private static ConditionFactory soon() {
    return await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(DEADLINE_SECONDS, SECONDS);
  }

  private static Socket withSmallBuffer(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
    return socket;
  }
}
