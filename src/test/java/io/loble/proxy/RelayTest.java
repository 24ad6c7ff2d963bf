package io.loble.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What one connection's bytes, ends and resets look like on the other side. */
@ParameterizedClass
@MethodSource("io.loble.proxy.RelayMode#here")
class RelayTest {

  private final RelayMode mode;

  RelayTest(RelayMode mode) {
    this.mode = mode;
  }

  @Test
  void bytesComeBackAsTheyWere() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(server.port()));
        Socket client = proxy.connect()) {
      client.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
      assertThat(client.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
      client.shutdownOutput();
      assertThat(client.getInputStream().read()).isEqualTo(-1);
      proxy.awaitIdle();
      assertThat(proxy.backend(0).stats().counters().bytesToBackend()).isEqualTo(5);
      assertThat(proxy.backend(0).stats().counters().bytesToClient()).isEqualTo(5);
      assertThat(proxy.backend(0).stats().counters().total()).isEqualTo(1);
      assertThat(proxy.listener().acceptedTotal()).isEqualTo(1);
    }
  }

  @Test
  void oneMegabyteThenHalfCloseThenTwoMegabytesBack() throws Exception {
    byte[] request = random(1 << 20, 1);
    byte[] answer = random(2 << 20, 2);
    AtomicReference<byte[]> seen = new AtomicReference<>();
    try (TestServer server =
            TestServer.start(
                socket -> {
                  seen.set(socket.getInputStream().readAllBytes());
                  socket.getOutputStream().write(answer);
                });
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(server.port()));
        Socket client = proxy.connect()) {
      client.getOutputStream().write(request);
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).isEqualTo(answer);
      assertThat(seen.get()).isEqualTo(request);
      proxy.awaitIdle();
    }
  }

  @Test
  void aBackendThatClosesFirstStillGetsWhatTheClientSends() throws Exception {
    CompletableFuture<byte[]> seen = new CompletableFuture<>();
    try (TestServer server =
            TestServer.start(
                socket -> {
                  socket.getOutputStream().write('!');
                  socket.shutdownOutput();
                  seen.complete(socket.getInputStream().readAllBytes());
                });
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(server.port()));
        Socket client = proxy.connect()) {
      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("!");
      client.getOutputStream().write(random(100_000, 3));
      client.shutdownOutput();
      assertThat(seen.get(10, SECONDS)).isEqualTo(random(100_000, 3));
      proxy.awaitIdle();
    }
  }

  @Test
  void oneByteAtATimeBothWays() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(server.port()));
        Socket client = proxy.connect()) {
      client.setTcpNoDelay(true);
      for (int i = 0; i < 500; i++) {
        client.getOutputStream().write(i & 0xff);
        assertThat(client.getInputStream().read()).isEqualTo(i & 0xff);
      }
    }
  }

  @Test
  void aResetByTheClientReachesTheBackendAsAReset() throws Exception {
    CompletableFuture<IOException> seen = new CompletableFuture<>();
    CountDownLatch greeted = new CountDownLatch(1);
    try (TestServer server =
            TestServer.start(
                socket -> {
                  socket.getOutputStream().write('!');
                  greeted.countDown();
                  try {
                    assertThat(socket.getInputStream().readAllBytes()).isEmpty();
                    seen.completeExceptionally(new AssertionError("ended like a clean stream"));
                  } catch (IOException e) {
                    seen.complete(e);
                  }
                });
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(server.port()))) {
      Socket client = proxy.connect();
      assertThat(client.getInputStream().read()).isEqualTo('!');
      reset(client);
      assertThat(seen.get(10, SECONDS)).isInstanceOf(SocketException.class);
      proxy.awaitIdle();
    }
  }

  @Test
  void aResetByTheBackendReachesTheClientBehindItsLastBytes() throws Exception {
    byte[] answer = random(300_000, 4);
    try (TestServer server =
            TestServer.start(
                socket -> {
                  assertThat(socket.getInputStream().read()).isEqualTo('?');
                  socket.getOutputStream().write(answer);
                  // A reset throws away what the peer's kernel has not got: wait until it has.
                  assertThat(socket.getInputStream().read()).isEqualTo('?');
                  reset(socket);
                });
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(server.port()));
        Socket client = proxy.connect()) {
      client.getOutputStream().write('?');
      DataInputStream in = new DataInputStream(client.getInputStream());
      byte[] first = in.readNBytes(answer.length - 100_000);
      client.getOutputStream().write('?');
      byte[] rest = in.readNBytes(100_000);
      assertThat(concat(first, rest)).isEqualTo(answer);
      assertThatThrownBy(() -> assertThat(in.read()).isEqualTo(-2))
          .isInstanceOf(SocketException.class);
      proxy.awaitIdle();
    }
  }

  @Test
  void anAnswerToAnUploadThatIsNotReadStillArrives() throws Exception {
    try (TestServer server =
            TestServer.start(
                socket -> {
                  assertThat(socket.getInputStream().read()).isEqualTo('x');
                  socket.getOutputStream().write("413 too large".getBytes(StandardCharsets.UTF_8));
                  // Closed with unread data: the kernel sends a reset after the answer.
                });
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(server.port()));
        Socket client = proxy.connect()) {
      Thread upload =
          new Thread(
              () -> {
                try {
                  byte[] block = new byte[64 * 1024];
                  Arrays.fill(block, (byte) 'x');
                  for (int i = 0; i < 1000; i++) {
                    client.getOutputStream().write(block);
                  }
                } catch (IOException e) {
                  // Expected: the server does not read it.
                }
              });
      upload.start();
      byte[] answer = client.getInputStream().readNBytes(13);
      assertThat(answer).asString().isEqualTo("413 too large");
      upload.join(10_000);
      proxy.awaitIdle();
    }
  }

  @Test
  void aResetAfterAFinIsNoticedWhileNothingIsWritten() throws Exception {
    mode.assumeTellsOfResets();
    CountDownLatch never = new CountDownLatch(1);
    try (TestServer server =
            TestServer.start(
                socket -> {
                  assertThat(socket.getInputStream().read()).isEqualTo(-1);
                  socket.getOutputStream().write(new byte[1000]);
                  try {
                    never.await(20, SECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(server.port()))) {
      Socket client = proxy.connect();
      // A close sends a FIN; the answer to it meets a closed socket, whose kernel sends a reset.
      client.close();
      await().atMost(10, SECONDS).until(() -> proxy.listener().acceptedTotal() == 1);
      await().atMost(5, SECONDS).until(() -> proxy.listener().active() == 0);
      proxy.awaitIdle();
    }
  }

  /** The urgent byte itself is for those that ask for it; a relay of bytes does not. */
  @Test
  void urgentDataHoldsNothingUp() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(server.port()));
        Socket client = proxy.connect()) {
      client.getOutputStream().write("abc".getBytes(StandardCharsets.UTF_8));
      client.sendUrgentData('!');
      client.getOutputStream().write("def".getBytes(StandardCharsets.UTF_8));
      assertThat(client.getInputStream().readNBytes(6)).asString().isEqualTo("abcdef");
    }
  }

  @Test
  void aClientThatDoesNotReadStopsTheBackend() throws Exception {
    long total = 1L << 30;
    CompletableFuture<Long> sent = new CompletableFuture<>();
    try (TestServer server =
            TestServer.start(
                socket -> {
                  byte[] block = new byte[1 << 16];
                  for (long n = 0; n < total; n += block.length) {
                    socket.getOutputStream().write(block);
                  }
                  sent.complete(total);
                });
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(server.port()));
        Socket client = proxy.connect()) {
      await()
          .atMost(10, SECONDS)
          .pollInterval(Duration.ofMillis(500))
          .until(stalled(proxy.backend(0).stats().counters()::bytesToClient));
      assertThat(sent).isNotDone();
      assertThat(proxy.backend(0).stats().counters().bytesToClient()).isLessThan(64 << 20);
      assertThat(countBytes(client.getInputStream())).isEqualTo(total);
      client.shutdownOutput();
      proxy.awaitIdle();
      assertThat(proxy.backend(0).stats().counters().bytesToClient()).isEqualTo(total);
    }
  }

  /** True once two looks, a poll interval apart, see the same number. */
  private static Callable<Boolean> stalled(LongSupplier counter) {
    AtomicLong before = new AtomicLong();
    return () -> {
      long now = counter.getAsLong();
      return before.getAndSet(now) == now && now > 0;
    };
  }

  private static long countBytes(InputStream in) throws IOException {
    byte[] block = new byte[1 << 20];
    long count = 0;
    for (int n = in.read(block); n >= 0; n = in.read(block)) {
      count += n;
    }
    return count;
  }

  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
