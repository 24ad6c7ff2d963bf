package io.loble.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.Bandwidth;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections of a listener with a bandwidth: what comes through, and what ends them. */
@Execution(ExecutionMode.CONCURRENT)
@ParameterizedClass
@MethodSource("io.loble.proxy.RelayMode#here")
class BandwidthTest {

  private static final long MIB = 1 << 20;

  private final RelayMode mode;

  BandwidthTest(RelayMode mode) {
    this.mode = mode;
  }

  @Test
  void everyByteAndTheEndComeThrough() throws Exception {
    byte[] request = random(600_000, 1);
    byte[] answer = random(900_000, 2);
    CompletableFuture<byte[]> seen = new CompletableFuture<>();
    try (TestServer server =
            TestServer.start(
                socket -> {
                  seen.complete(socket.getInputStream().readAllBytes());
                  socket.getOutputStream().write(answer);
                });
        TestProxy proxy = start(server, MIB);
        Socket client = proxy.connect()) {
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                try {
                  client.getOutputStream().write(request);
                  client.shutdownOutput();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      assertThat(client.getInputStream().readAllBytes()).isEqualTo(answer);
      assertThat(seen.get(10, SECONDS)).isEqualTo(request);
      sent.get(10, SECONDS);
      proxy.awaitIdle();
      assertThat(proxy.backend(0).stats().counters().bytesToBackend()).isEqualTo(request.length);
      assertThat(proxy.backend(0).stats().counters().bytesToClient()).isEqualTo(answer.length);
    }
  }

  @Test
  void aShortTalkIsNotHeldUp() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy = start(server, 64 << 10);
        Socket client = proxy.connect()) {
      long start = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        client.getOutputStream().write(i);
        assertThat(client.getInputStream().read()).isEqualTo(i);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
  }

  /** At 200 bytes a second a portion of 256 takes longer than the idle timeout. */
  @Test
  void aPauseIsNotIdle() throws Exception {
    CompletableFuture<byte[]> seen = new CompletableFuture<>();
    try (TestServer server =
            TestServer.start(socket -> seen.complete(socket.getInputStream().readNBytes(600)));
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig()
                    .backend(server.port())
                    .bandwidth(new Bandwidth(200))
                    .idle(Duration.ofSeconds(1)));
        Socket client = proxy.connect()) {
      byte[] request = random(600, 3);
      client.getOutputStream().write(request);
      assertThat(seen.get(20, SECONDS)).isEqualTo(request);
    }
  }

  @Test
  void anIdleConnectionEndsAsEver() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig()
                    .backend(server.port())
                    .bandwidth(new Bandwidth(MIB))
                    .idle(Duration.ofSeconds(1)));
        Socket client = proxy.connect()) {
      client.getOutputStream().write('x');
      assertThat(client.getInputStream().read()).isEqualTo('x');
      assertThat(client.getInputStream().read()).isEqualTo(-1);
      proxy.awaitIdle();
    }
  }

  @Test
  void aClientThatIsResetWhileItsAnswerIsPausedEndsAtOnce() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (TestServer server =
            TestServer.start(
                socket -> {
                  begun.countDown();
                  socket.getOutputStream().write(new byte[4 << 20]);
                });
        TestProxy proxy = start(server, 2 << 10)) {
      Socket client = proxy.connect();
      assertThat(begun.await(10, SECONDS)).isTrue();
      assertThat(client.getInputStream().readNBytes(100)).hasSize(100);
      reset(client);
      proxy.awaitIdle();
    }
  }

  /** What a client sent before its reset is relayed first, as it is for a slow backend. */
  @Test
  void aResetBehindWhatIsPausedIsPassedOn() throws Exception {
    CompletableFuture<Exception> seen = new CompletableFuture<>();
    CountDownLatch greeted = new CountDownLatch(1);
    try (TestServer server =
            TestServer.start(
                socket -> {
                  socket.getOutputStream().write('!');
                  try {
                    greeted.countDown();
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                    seen.completeExceptionally(new AssertionError("ended like a clean stream"));
                  } catch (IOException e) {
                    seen.complete(e);
                  }
                });
        TestProxy proxy = start(server, 32 << 10)) {
      Socket client = proxy.connect();
      assertThat(client.getInputStream().read()).isEqualTo('!');
      assertThat(greeted.await(10, SECONDS)).isTrue();
      client.getOutputStream().write(random(60_000, 4));
      reset(client);
      assertThat(seen.get(20, SECONDS)).isInstanceOf(SocketException.class);
      proxy.awaitIdle();
    }
  }

  @Test
  void aDrainCutsWhatIsPausedAtItsEndAndNotBefore() throws Exception {
    try (TestServer server =
            TestServer.start(
                socket -> {
                  socket.getInputStream().read();
                  socket.getOutputStream().write(new byte[1 << 20]);
                });
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig()
                    .backend(server.port())
                    .bandwidth(new Bandwidth(100))
                    .drain(Duration.ofSeconds(2)));
        Socket client = proxy.connect()) {
      client.getOutputStream().write('?');
      assertThat(client.getInputStream().readNBytes(1)).hasSize(1);
      long start = System.nanoTime();
      DrainResult result = TestProxy.done(proxy.drain());
      assertThat(result.cut()).isEqualTo(1);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    }
  }

  private TestProxy start(TestServer server, long bytesPerSecond) {
    return TestProxy.start(
        mode, new TestConfig().backend(server.port()).bandwidth(new Bandwidth(bytesPerSecond)));
  }

  private static void reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
  }

  private static byte[] random(int size, int seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
