package io.loble.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.PumpMode;
import io.loble.net.BulkPolicy;
import io.loble.net.RelayTuning;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Directions that change between buffers and pipes while they relay. */
@EnabledOnOs(OS.LINUX)
class PumpSwitchTest {

  private static final int CONNECTIONS = 4;
  private static final long BYTES_EACH_WAY = 512L << 20;
  private static final int BLOCK = 1 << 16;

  /** Of no round length, so that a piece that is lost or comes twice changes the sum. */
  private static final byte[] UP = RelayTest.random(BLOCK - 1, 1);

  private static final byte[] DOWN = RelayTest.random(BLOCK - 1, 2);

  /** Another way after every few kilobytes, so that no two blocks meet the same switch. */
  private static final RelayTuning RESTLESS = new RelayTuning(5_000, 7_000, Restless::new);

  @Test
  void gigabytesBothWaysAreWholeAcrossSwitchesEveryFewKilobytes() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    Queue<Long> atServer = new ConcurrentLinkedQueue<>();
    try (TestServer server =
            TestServer.start(socket -> atServer.add(exchange(socket, DOWN, threads)));
        TestProxy proxy = start(RESTLESS, new TestConfig().backend(server.port()))) {
      List<Future<Long>> atClients = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        atClients.add(threads.submit(() -> converse(proxy, threads)));
      }
      for (Future<Long> atClient : atClients) {
        assertThat(atClient.get()).isEqualTo(sumOf(DOWN));
      }
      proxy.awaitIdle();
      assertThat(atServer).hasSize(CONNECTIONS).containsOnly(sumOf(UP));
      long all = 2 * CONNECTIONS * BYTES_EACH_WAY;
      assertThat(proxy.listener().splicedBytes()).isBetween(all / 4, all * 3 / 4);
      assertThat(proxy.listener().relayedTotal(PumpMode.SPLICE)).isEqualTo(CONNECTIONS);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void bulkIsSplicedAndSmallMessagesAreNot() throws Exception {
    byte[] answer = RelayTest.random(8 << 20, 7);
    try (TestServer server =
            TestServer.start(
                socket -> {
                  while (socket.getInputStream().read() == '?') {
                    socket.getOutputStream().write(answer);
                  }
                });
        TestProxy proxy = start(RelayTuning.ADAPTIVE, new TestConfig().backend(server.port()))) {
      try (Socket client = proxy.connect()) {
        client.getOutputStream().write('?');
        assertThat(client.getInputStream().readNBytes(answer.length)).isEqualTo(answer);
      }
      proxy.awaitIdle();
      assertThat(proxy.listener().relayedTotal(PumpMode.SPLICE)).isEqualTo(1);
      assertThat(proxy.listener().splicedBytes()).isBetween(1L, (long) answer.length);
      try (Socket client = proxy.connect()) {
        client.getOutputStream().write('.');
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      proxy.awaitIdle();
      assertThat(proxy.listener().relayedTotal(PumpMode.BUFFER)).isEqualTo(1);
    }
  }

  @Test
  void withoutPipesEverythingGoesThroughBuffers() throws Exception {
    byte[] answer = RelayTest.random(4 << 20, 8);
    try (TestServer server = TestServer.start(socket -> socket.getOutputStream().write(answer));
        TestProxy proxy =
            TestProxy.start(
                RelayMode.SPLICES, new TestConfig().maxPipes(0).backend(server.port()))) {
      try (Socket client = proxy.connect()) {
        assertThat(client.getInputStream().readAllBytes()).isEqualTo(answer);
      }
      proxy.awaitIdle();
      assertThat(proxy.listener().splicedBytes()).isZero();
      assertThat(proxy.listener().relayedTotal(PumpMode.BUFFER)).isEqualTo(1);
    }
  }

  /** With slow readers on every connection, the one pipe is held by one of them. */
  @Test
  void whoGetsNoPipeIsServedAllTheSame() throws Exception {
    byte[] answer = RelayTest.random(16 << 20, 9);
    try (TestServer server = TestServer.start(socket -> socket.getOutputStream().write(answer));
        TestProxy proxy =
            TestProxy.start(
                RelayMode.SPLICES, new TestConfig().maxPipes(1).backend(server.port()))) {
      List<Socket> clients = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Socket client = proxy.connect();
        assertThat(client.getInputStream().read()).isEqualTo(answer[0] & 0xff);
        clients.add(client);
      }
      for (Socket client : clients) {
        assertThat(client.getInputStream().readAllBytes())
            .isEqualTo(Arrays.copyOfRange(answer, 1, answer.length));
        client.close();
      }
      proxy.awaitIdle();
    }
  }

  private static TestProxy start(RelayTuning tuning, TestConfig config) {
    return TestProxy.start(Transport.EPOLL, StreamKinds.fastest(tuning), config);
  }

  private static long converse(TestProxy proxy, ExecutorService threads) throws IOException {
    try (Socket socket = proxy.connect()) {
      return exchange(socket, UP, threads);
    }
  }

  /** Sends one stream while it receives another, and returns the sum of what it received. */
  private static long exchange(Socket socket, byte[] stream, ExecutorService threads)
      throws IOException {
    CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(socket, stream), threads);
    CRC32C sum = new CRC32C();
    byte[] block = new byte[BLOCK];
    InputStream in = socket.getInputStream();
    for (int count = in.read(block); count >= 0; count = in.read(block)) {
      sum.update(block, 0, count);
    }
    sent.join();
    return sum.getValue();
  }

  private static void send(Socket socket, byte[] stream) {
    try {
      OutputStream out = socket.getOutputStream();
      for (long sent = 0; sent < BYTES_EACH_WAY; sent += stream.length) {
        out.write(stream);
      }
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long sumOf(byte[] stream) {
    CRC32C sum = new CRC32C();
    for (long summed = 0; summed < BYTES_EACH_WAY; summed += stream.length) {
      sum.update(stream);
    }
    return sum.getValue();
  }

  /** Changes after every move. */
  private static final class Restless implements BulkPolicy {

    private boolean splices;

    @Override
    public boolean splices() {
      return splices;
    }

    @Override
    public void read(int bytes) {
      splices = true;
    }

    @Override
    public void spliced(int bytes) {
      splices = false;
    }

    @Override
    public void drained() {}
  }
}
