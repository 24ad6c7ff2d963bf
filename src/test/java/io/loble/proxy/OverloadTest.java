package io.loble.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.Limits;
import io.loble.model.Rejection;
import io.loble.net.DeadlineWheel;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** New clients are refused while there is too much to do, and only then. */
class OverloadTest {

  private static final RelayMode MODE = RelayMode.here().toList().get(0);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void whileEventLoopsAreLateNewClientsAreRefused() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy =
            TestProxy.start(
                MODE, new TestConfig().backend(server.port()).overload(Duration.ofMillis(300), 0));
        Socket before = proxy.connect()) {
      assertThat(isAnswered(before)).isTrue();
      // The lag is known from the second tick on.
      proxy.onEachLoop(
          () -> proxy.vertx().setTimer(3 * DeadlineWheel.TICK_MILLIS, timer -> busy(5 * SECOND)));
      await().atMost(20, SECONDS).until(() -> !isServed(proxy));
      assertThat(proxy.listener().rejectedTotal(Rejection.OVERLOAD)).isPositive();
      // Those who are in are served on.
      assertThat(isAnswered(before)).isTrue();
      await().atMost(20, SECONDS).until(() -> isServed(proxy));
    }
  }

  @Test
  void whileTooMuchOfTheHeapIsLiveNewClientsAreRefused() throws Exception {
    System.gc();
    try (TestServer server = TestServer.echo();
        TestProxy proxy =
            TestProxy.start(
                MODE, new TestConfig().backend(server.port()).overload(Duration.ZERO, 0.0001))) {
      await().atMost(20, SECONDS).until(() -> !isServed(proxy));
      assertThat(proxy.listener().rejectedTotal(Rejection.OVERLOAD)).isPositive();
      TestProxy.done(proxy.apply(new TestConfig().backend(server.port())));
      assertThat(isServed(proxy)).isTrue();
    }
  }

  @Test
  void whatIsOffLooksAtNothing() {
    Shedding off =
        new Shedding(
            () -> {
              throw new AssertionError("asked");
            });
    off.configure(new Limits(0, 0), 0);
    off.look(100 * SECOND, SECOND);
    assertThat(off.refuses()).isFalse();
  }

  @Test
  void theHeapIsAskedOncePerSecond() {
    int[] asked = {0};
    Shedding shedding =
        new Shedding(
            () -> {
              asked[0]++;
              return asked[0] < 3 ? 0.95 : 0.5;
            });
    shedding.configure(new Limits(0, 0, Duration.ZERO, 0.9), 0);
    for (long now = 0; now < 2 * SECOND; now += SECOND / 10) {
      shedding.look(0, now);
      assertThat(shedding.refuses()).isTrue();
    }
    assertThat(asked[0]).isEqualTo(2);
    shedding.look(0, 2 * SECOND);
    assertThat(shedding.refuses()).isFalse();
  }

  private static void busy(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  private static boolean isServed(TestProxy proxy) {
    try (Socket socket = proxy.connect()) {
      return isAnswered(socket);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isAnswered(Socket socket) throws IOException {
    socket.getOutputStream().write(7);
    return socket.getInputStream().read() == 7;
  }
}
