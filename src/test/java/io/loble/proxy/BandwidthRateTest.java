package io.loble.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.Bandwidth;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** How fast connections of a listener with a bandwidth are. Nothing else runs meanwhile. */
@ParameterizedClass
@MethodSource("io.loble.proxy.RelayMode#here")
class BandwidthRateTest {

  private static final long MIB = 1 << 20;

  private final RelayMode mode;

  BandwidthRateTest(RelayMode mode) {
    this.mode = mode;
  }

  /** For two seconds, of which the first portions and what is under way at the end are a part. */
  @Test
  void eachDirectionHasTheBandwidthOfItsOwn() throws Exception {
    CompletableFuture<Double> up = new CompletableFuture<>();
    try (TestServer server =
            TestServer.start(
                socket -> {
                  background(() -> flood(socket));
                  up.complete(mibPerSecond(socket.getInputStream()));
                  while (socket.getInputStream().read(new byte[1 << 16]) > 0) {
                    // Until the client has gone.
                  }
                });
        TestProxy proxy =
            TestProxy.start(
                mode, new TestConfig().backend(server.port()).bandwidth(new Bandwidth(4 * MIB)));
        Socket client = proxy.connect()) {
      background(() -> flood(client));
      assertThat(mibPerSecond(client.getInputStream())).isBetween(4 * 0.7, 4 * 1.2);
      assertThat(up.get(20, SECONDS)).isBetween(4 * 0.7, 4 * 1.2);
    }
  }

  /** How much comes in two seconds, each byte as {@link #flood} has sent it. */
  private static double mibPerSecond(InputStream in) throws IOException {
    byte[] sent = sent();
    byte[] buffer = new byte[1 << 16];
    long start = System.nanoTime();
    long end = start + SECONDS.toNanos(2);
    long count = 0;
    while (System.nanoTime() < end) {
      int at = (int) (count % sent.length);
      int read = in.read(buffer, 0, sent.length - at);
      assertThat(read).isPositive();
      assertThat(Arrays.equals(buffer, 0, read, sent, at, at + read)).isTrue();
      count += read;
    }
    return count / (double) MIB / ((System.nanoTime() - start) / (double) SECONDS.toNanos(1));
  }

  private static void background(Runnable work) {
    new Thread(work, "flood").start();
  }

  private static void flood(Socket socket) {
    byte[] bytes = sent();
    try {
      while (true) {
        socket.getOutputStream().write(bytes);
      }
    } catch (IOException e) {
      // It was closed: enough.
    }
  }

  /** What is sent again and again. */
  private static byte[] sent() {
    byte[] bytes = new byte[1 << 16];
    new Random(5).nextBytes(bytes);
    return bytes;
  }
}
