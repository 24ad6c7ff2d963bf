package io.loble.proxy;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that connect and reset in great number, in front of a backend that accepts slowly. */
@ParameterizedClass
@MethodSource("io.loble.proxy.RelayMode#here")
class FloodTest {

  private static final int FLOODERS = 4;
  private static final int EACH = 4_000;
  private static final int HONEST = 20;

  private final RelayMode mode;

  FloodTest(RelayMode mode) {
    this.mode = mode;
  }

  @Test
  void aFloodOfResetsIsNoVerdictOnTheBackend() throws Exception {
    CapturedLog health = new CapturedLog("loble.health", Level.WARN);
    try (SlowServer server = new SlowServer();
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig()
                    .connect(Duration.ofMillis(1_500))
                    .retries(0)
                    .backend(server.port()))) {
      flood(proxy);
      if (!mode.hasOwnSockets()) {
        // Vert.x cannot give a connect up: those of the flood take their time.
        await().atMost(10, SECONDS).until(() -> proxy.backend(0).stats().admission().active() == 0);
      }
      for (int i = 0; i < HONEST; i++) {
        try (Socket client = proxy.connect()) {
          client.getOutputStream().write(i);
          assertThat(client.getInputStream().read()).isEqualTo(i);
        }
      }
      assertThat(proxy.backend(0).state().inRotation()).isTrue();
      proxy.awaitIdle();
      assertThat(proxy.listener().acceptedTotal()).isGreaterThanOrEqualTo(FLOODERS * EACH);
    } finally {
      health.stop();
    }
    assertThat(health.messages()).isEmpty();
  }

  private static void flood(TestProxy proxy) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(FLOODERS);
    for (int i = 0; i < FLOODERS; i++) {
      new Thread(
              () -> {
                connectAndReset(proxy);
                done.countDown();
              })
          .start();
    }
    assertThat(done.await(60, SECONDS)).isTrue();
  }

  private static void connectAndReset(TestProxy proxy) {
    for (int i = 0; i < EACH; i++) {
      try {
        RelayTest.reset(proxy.connect());
      } catch (IOException e) {
        // The listener's backlog is full, too.
      }
    }
  }

  /** Has a small backlog, and takes a client out of it every other millisecond. */
  private static final class SlowServer implements AutoCloseable {

    private static final int BACKLOG = 16;

    private final ServerSocket server;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(8);

    SlowServer() throws IOException {
      server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
      server.setSoTimeout(1);
      threads.scheduleAtFixedRate(this::acceptOne, 0, 2, MILLISECONDS);
    }

    int port() {
      return server.getLocalPort();
    }

    private void acceptOne() {
      try {
        Socket client = server.accept();
        threads.execute(() -> echo(client));
      } catch (IOException e) {
        // No client has come.
      }
    }

    private static void echo(Socket client) {
      try (client) {
        client.getInputStream().transferTo(client.getOutputStream());
      } catch (IOException e) {
        // It was reset.
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
      threads.shutdownNow();
    }
  }
}
