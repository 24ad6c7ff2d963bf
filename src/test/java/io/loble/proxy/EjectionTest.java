package io.loble.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.Circuit;
import io.loble.config.Ejection;
import io.loble.config.Ejection.SuccessRate;
import io.loble.config.Resilience;
import io.loble.model.BackendState;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Backends that do badly with clients, though they can be connected to. */
@ParameterizedClass
@MethodSource("io.loble.proxy.RelayMode#here")
class EjectionTest {

  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration LATER = Duration.ofMinutes(5);

  private final RelayMode mode;

  EjectionTest(RelayMode mode) {
    this.mode = mode;
  }

  @Test
  void oneThatEndsEveryConnectionAtOnceIsEjected() throws Exception {
    try (TestServer dead = TestServer.saying("");
        TestServer good = TestServer.saying("hello");
        TestProxy proxy = TestProxy.start(mode, config(dead, good).resilience(rules(LATER, 0)))) {
      awaitState(proxy, BackendState.EJECTED);
      awaitLeftAlone(proxy);
    }
  }

  @Test
  void oneThatDoesWellAgainIsBackAfterAConnectionOnTrial() throws Exception {
    try (TestServer first = TestServer.saying("one");
        TestServer second = TestServer.saying("two");
        TestProxy proxy = TestProxy.start(mode, config(first, second).resilience(rules(SOON, 0)))) {
      proxy.eject("127.0.0.1:" + first.port());
      assertThat(proxy.backend(0).state()).isEqualTo(BackendState.EJECTED);
      await()
          .pollInterval(10, MILLISECONDS)
          .atMost(20, SECONDS)
          .until(() -> "one".equals(ask(proxy)));
      await().atMost(20, SECONDS).until(() -> proxy.backend(0).state() == BackendState.HEALTHY);
    }
  }

  @Test
  void oneThatResetsHasItsCircuitOpened() throws Exception {
    Circuit circuit = new Circuit(true, 0.5, 4, LATER, 1);
    Resilience rules = new Resilience(Duration.ZERO, 0, Ejection.OFF, circuit);
    try (TestServer dead = TestServer.start(EjectionTest::reset);
        TestServer good = TestServer.saying("hello");
        TestProxy proxy =
            TestProxy.start(
                mode, config(dead, good).failureThreshold(1_000_000).resilience(rules))) {
      await()
          .pollInterval(10, MILLISECONDS)
          .atMost(30, SECONDS)
          .until(
              () -> {
                askAnyhow(proxy);
                return proxy.backend(0).state() == BackendState.CIRCUIT_OPEN;
              });
      awaitLeftAlone(proxy);
    }
  }

  /** No client comes to the first backend: each event loop knows the snapshot that says so. */
  private void awaitLeftAlone(TestProxy proxy) {
    await()
        .atMost(20, SECONDS)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> {
              long before = proxy.backend(0).stats().counters().total();
              for (int i = 0; i < 10; i++) {
                assertThat(ask(proxy)).isEqualTo("hello");
              }
              assertThat(proxy.backend(0).stats().counters().total()).isEqualTo(before);
            });
  }

  @Test
  void theNextLevelTakesOverAndGivesBack() throws Exception {
    try (TestServer first = TestServer.saying("one");
        TestServer second = TestServer.saying("two");
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend(first.port()).backup(second.port()))) {
      assertThat(ask(proxy) + ask(proxy)).isEqualTo("oneone");
      proxy.eject("127.0.0.1:" + first.port());
      await().atMost(20, SECONDS).until(() -> "two".equals(ask(proxy)));
      proxy.readmit("127.0.0.1:" + first.port());
      await().atMost(20, SECONDS).until(() -> "one".equals(ask(proxy)));
    }
  }

  @Test
  void inPanicABackendThatIsOutIsUsedAgain() throws Exception {
    Resilience rules = new Resilience(Duration.ZERO, 0.6, Ejection.OFF, Circuit.OFF);
    try (TestServer first = TestServer.saying("one");
        TestServer second = TestServer.saying("two");
        TestProxy proxy = TestProxy.start(mode, config(first, second).resilience(rules))) {
      proxy.eject("127.0.0.1:" + first.port());
      assertThat(proxy.backend(0).panic()).isTrue();
      await()
          .pollInterval(10, MILLISECONDS)
          .atMost(20, SECONDS)
          .until(() -> "one".equals(ask(proxy)));
      assertThat(proxy.backend(0).state()).isEqualTo(BackendState.EJECTED);
    }
  }

  @Test
  void itIsMeasuredHowLongBackendsTakeToAnswerWhereThatIsAsked() throws Exception {
    try (TestServer first = TestServer.saying("one");
        TestServer second = TestServer.saying("two");
        TestProxy proxy = TestProxy.start(mode, config(first, second).resilience(rules(SOON, 9)))) {
      for (int i = 0; i < 4; i++) {
        ask(proxy);
      }
      proxy.awaitIdle();
      assertThat(proxy.backend(0).stats().answers().count()).isEqualTo(2);
      assertThat(proxy.backend(0).stats().answers().nanos()).isPositive();
    }
  }

  private static TestConfig config(TestServer first, TestServer second) {
    return new TestConfig()
        .backend("127.0.0.1", first.port(), 1, 0)
        .backend("127.0.0.1", second.port(), 1, 0);
  }

  private static Resilience rules(Duration baseTime, double slow) {
    Ejection ejection =
        new Ejection(
            true,
            5,
            3,
            Duration.ofSeconds(10),
            new SuccessRate(20, 1.9),
            slow,
            LATER,
            baseTime,
            LATER,
            0.5);
    return new Resilience(Duration.ZERO, 0, ejection, Circuit.OFF);
  }

  private static void awaitState(TestProxy proxy, BackendState state) {
    await()
        .pollInterval(10, MILLISECONDS)
        .atMost(30, SECONDS)
        .until(
            () -> {
              ask(proxy);
              return proxy.backend(0).state() == state;
            });
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** That its connection is reset is what the test is about. */
  private static void askAnyhow(TestProxy proxy) throws IOException {
    try {
      ask(proxy);
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  private static String ask(TestProxy proxy) throws IOException {
    try (Socket client = proxy.connect()) {
      return new String(client.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
