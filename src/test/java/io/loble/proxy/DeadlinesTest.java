package io.loble.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.loble.model.Backend;
import io.loble.upstream.ConnectionOrder;
import io.loble.upstream.ConnectionOrder.CloseWithin;
import io.loble.upstream.ConnectionOrder.Target;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens when a connection's time is up, and to the bytes that are on their way then. */
@Execution(ExecutionMode.CONCURRENT)
@ParameterizedClass
@MethodSource("io.loble.proxy.RelayMode#here")
class DeadlinesTest {

  private final RelayMode mode;

  DeadlinesTest(RelayMode mode) {
    this.mode = mode;
  }

  @Test
  void aSilentConnectionIsClosed() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy =
            TestProxy.start(
                mode, new TestConfig().idle(Duration.ofSeconds(1)).backend(server.port()));
        Socket client = proxy.connect()) {
      client.getOutputStream().write(1);
      assertThat(client.getInputStream().read()).isEqualTo(1);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
      proxy.awaitIdle();
    }
  }

  @Test
  void aSilentHalfClosedConnectionIsClosed() throws Exception {
    try (TestServer server =
            TestServer.start(
                socket -> {
                  socket.getOutputStream().write('!');
                  socket.shutdownOutput();
                  assertThat(socket.getInputStream().read()).isEqualTo(-1);
                });
        TestProxy proxy =
            TestProxy.start(
                mode, new TestConfig().halfClosed(Duration.ofSeconds(1)).backend(server.port()));
        Socket client = proxy.connect()) {
      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("!");
      proxy.awaitIdle();
    }
  }

  @Test
  void aStreamThatIsCutForSilenceDoesNotLookComplete() throws Exception {
    try (TestServer server =
            TestServer.start(socket -> socket.getOutputStream().write(new byte[32 << 20]));
        TestProxy proxy =
            TestProxy.start(
                mode, new TestConfig().idle(Duration.ofSeconds(1)).backend(server.port()));
        Socket client = proxy.connect()) {
      assertThat(client.getInputStream().read()).isZero();
      // The client reads no more, until the silence has ended the connection.
      proxy.awaitIdle();
      assertThatThrownBy(() -> client.getInputStream().readAllBytes())
          .isInstanceOf(SocketException.class);
    }
  }

  /** Between two reads everything sent is acknowledged, and the kernel waits for room. */
  @Test
  void aResetWaitsForAReaderThatPauses() throws Exception {
    mode.assumeTellsOfResets();
    byte[] answer = RelayTest.random(600_000, 6);
    try (TestServer server =
            TestServer.start(
                socket -> {
                  socket.getOutputStream().write(answer);
                  assertThat(socket.getInputStream().read()).isEqualTo('?');
                  RelayTest.reset(socket);
                });
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(server.port()));
        Socket client = withSmallBuffer(proxy.port())) {
      await()
          .atMost(10, SECONDS)
          .until(() -> proxy.backend(0).stats().counters().bytesToClient() == answer.length);
      client.getOutputStream().write('?');
      ByteArrayOutputStream got = new ByteArrayOutputStream();
      while (got.size() < answer.length) {
        await().pollDelay(Duration.ofMillis(200)).until(() -> true);
        got.write(client.getInputStream().readNBytes(Math.min(60_000, answer.length - got.size())));
      }
      assertThat(got.toByteArray()).isEqualTo(answer);
    }
  }

  @Test
  void aResetWaitsForASlowReaderToGetWhatCameBeforeIt() throws Exception {
    mode.assumeTellsOfResets();
    byte[] answer = RelayTest.random(1 << 20, 5);
    try (TestServer server =
            TestServer.start(
                socket -> {
                  socket.getOutputStream().write(answer);
                  // Once the answer to the last byte is there, the balancer has got all of it.
                  assertThat(socket.getInputStream().read()).isEqualTo('?');
                  RelayTest.reset(socket);
                });
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(server.port()));
        Socket client = withSmallBuffer(proxy.port())) {
      await()
          .atMost(10, SECONDS)
          .until(() -> proxy.backend(0).stats().counters().bytesToClient() == answer.length);
      client.getOutputStream().write('?');
      // The backend's connection is over; what the client has not read is still kept for it.
      proxy.awaitCountedOut();
      assertThat(client.getInputStream().readNBytes(answer.length)).isEqualTo(answer);
      assertThatThrownBy(() -> client.getInputStream().readAllBytes())
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aLingeringResetDoesNotOutliveTheDrain() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (TestServer server = TestServer.start(socket -> awaitQuietly(over));
        TestProxy proxy =
            TestProxy.start(
                mode, new TestConfig().drain(Duration.ofSeconds(1)).backend(server.port()))) {
      Socket client = proxy.connect();
      client.getOutputStream().write(new byte[8 << 20], 0, 4 << 20);
      RelayTest.reset(client);
      DrainResult result = TestProxy.done(proxy.drain());
      assertThat(result.drained() + result.cut()).isLessThanOrEqualTo(1);
      proxy.awaitIdle();
    } finally {
      over.countDown();
    }
  }

  @Test
  void aLingeringResetDoesNotWaitForTheTimeThatItsBackendIsGiven() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (TestServer server = TestServer.start(socket -> awaitQuietly(over));
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(server.port()))) {
      Backend backend = proxy.backend(0);
      Target target = new Target("default", backend.name(), backend.address().toString());
      JsonObject order = new CloseWithin(Set.of(target), Duration.ofMinutes(5).toMillis()).toJson();
      Socket client = proxy.connect();
      client.getOutputStream().write(1);
      await().atMost(10, SECONDS).until(() -> backend.stats().counters().bytesToBackend() == 1);
      client.getOutputStream().write(2);
      RelayTest.reset(client);
      await()
          .atMost(20, SECONDS)
          .until(
              () -> {
                proxy
                    .vertx()
                    .eventBus()
                    .publish(ConnectionOrder.ADDRESS, order, ConnectionOrder.delivery());
                return proxy.listener().active() == 0;
              });
    } finally {
      over.countDown();
    }
  }

  @Test
  void aConnectionDoesNotOutliveItsMaximumDuration() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy =
            TestProxy.start(
                mode, new TestConfig().maxDuration(Duration.ofMillis(500)).backend(server.port()));
        Socket client = proxy.connect()) {
      assertThatThrownBy(
              () -> {
                while (client.getInputStream().read() >= -1) {
                  client.getOutputStream().write(1);
                }
              })
          .isInstanceOf(SocketException.class);
      proxy.awaitIdle();
    }
  }

  @Test
  void maximumDurationsAreShorterByChanceSoThatTheyDoNotEndTogether() throws Exception {
    TestConfig config = new TestConfig().maxDuration(Duration.ofSeconds(2)).maxDurationJitter(0.5);
    ExecutorService threads = Executors.newCachedThreadPool();
    try (TestServer server = TestServer.echo();
        TestProxy proxy = TestProxy.start(mode, config.backend(server.port()))) {
      List<Future<Long>> ends = new ArrayList<>();
      long start = System.nanoTime();
      for (int i = 0; i < 30; i++) {
        Socket client = proxy.connect();
        ends.add(threads.submit(() -> endOf(client)));
      }
      LongSummaryStatistics millis = new LongSummaryStatistics();
      for (Future<Long> end : ends) {
        millis.accept(NANOSECONDS.toMillis(end.get(20, SECONDS) - start));
      }
      assertThat(millis.getMin()).isGreaterThan(900);
      assertThat(millis.getMax() - millis.getMin()).as("from first to last").isGreaterThan(300);
      proxy.awaitIdle();
    } finally {
      threads.shutdownNow();
    }
  }

  private static long endOf(Socket client) {
    try (client) {
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A reset ends it as well.
    }
    return System.nanoTime();
  }

  @Test
  void drainingWaitsForConnectionsAndCutsWhatIsLeft() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy =
            TestProxy.start(
                mode, new TestConfig().drain(Duration.ofSeconds(2)).backend(server.port()));
        Socket finishing = proxy.connect();
        Socket lasting = proxy.connect()) {
      for (Socket client : List.of(finishing, lasting)) {
        client.getOutputStream().write(1);
        assertThat(client.getInputStream().read()).isEqualTo(1);
      }
      InetSocketAddress address = (InetSocketAddress) finishing.getRemoteSocketAddress();
      var draining = proxy.drain();
      await().atMost(5, SECONDS).until(() -> isClosed(address));
      finishing.getOutputStream().write(2);
      assertThat(finishing.getInputStream().read()).isEqualTo(2);
      finishing.shutdownOutput();
      assertThat(finishing.getInputStream().read()).isEqualTo(-1);
      assertThat(lasting.getInputStream().read()).isEqualTo(-1);
      assertThat(TestProxy.done(draining)).isEqualTo(new DrainResult(1, 1));
      proxy.awaitIdle();
    }
  }

  /** A client that has sent its FIN takes the answer to be complete when it sees one. */
  @Test
  void aHalfClosedClientWhoseAnswerIsCutGetsAReset() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (TestServer server =
            TestServer.start(
                socket -> {
                  assertThat(socket.getInputStream().read()).isEqualTo('?');
                  assertThat(socket.getInputStream().read()).isEqualTo(-1);
                  socket.getOutputStream().write("half".getBytes(US_ASCII));
                  awaitQuietly(over);
                });
        TestProxy proxy =
            TestProxy.start(
                mode, new TestConfig().drain(Duration.ofSeconds(3)).backend(server.port()));
        Socket client = proxy.connect()) {
      client.getOutputStream().write('?');
      client.shutdownOutput();
      assertThat(client.getInputStream().readNBytes(4)).asString().isEqualTo("half");
      var draining = proxy.drain();
      assertThatThrownBy(() -> assertThat(client.getInputStream().read()).isEqualTo(-2))
          .isInstanceOf(SocketException.class);
      assertThat(TestProxy.done(draining)).isEqualTo(new DrainResult(0, 1));
    } finally {
      over.countDown();
    }
  }

  /** A client that waits for its answer must not take the end of the drain for an empty one. */
  @Test
  void aClientThatIsCutWhileItWaitsForAnAnswerGetsAReset() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (TestServer server = TestServer.start(socket -> awaitQuietly(over));
        TestProxy proxy =
            TestProxy.start(
                mode, new TestConfig().drain(Duration.ofSeconds(3)).backend(server.port()));
        Socket client = proxy.connect()) {
      client.getOutputStream().write('?');
      await()
          .atMost(10, SECONDS)
          .until(() -> proxy.backend(0).stats().counters().bytesToBackend() == 1);
      TestProxy.done(proxy.drain());
      assertThatThrownBy(() -> assertThat(client.getInputStream().read()).isEqualTo(-2))
          .isInstanceOf(SocketException.class);
    } finally {
      over.countDown();
    }
  }

  /** A client whose kernel does not take in what it does not read. */
  private static Socket withSmallBuffer(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
    return socket;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(30, SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isClosed(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, 1_000);
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
