package io.loble.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.loble.model.ClosedPort;
import io.loble.model.Rejection;
import io.loble.model.RetryBudget;
import io.loble.model.Retrying;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** How often, and after which pauses, a backend that cannot be connected to is tried again. */
@ParameterizedClass
@MethodSource("io.loble.proxy.RelayMode#here")
class RetriesTest {

  private final RelayMode mode;

  RetriesTest(RelayMode mode) {
    this.mode = mode;
  }

  @Test
  void aLonelyBackendIsTriedAgain() throws Exception {
    try (TestProxy proxy = TestProxy.start(mode, dead().retries(2))) {
      assertReset(proxy);
      proxy.awaitIdle();
      assertThat(proxy.backend(0).stats().counters().failures()).isEqualTo(3);
      assertThat(budget(proxy).made()).isEqualTo(2);
      assertThat(proxy.listener().rejectedTotal(Rejection.CONNECT_FAILED)).isEqualTo(1);
    }
  }

  @Test
  void othersComeFirstAndThenAllAgain() throws Exception {
    try (TestProxy proxy = TestProxy.start(mode, dead().backend(ClosedPort.next()).retries(3))) {
      assertReset(proxy);
      proxy.awaitIdle();
      assertThat(proxy.backend(0).stats().counters().failures()).isEqualTo(2);
      assertThat(proxy.backend(1).stats().counters().failures()).isEqualTo(2);
    }
  }

  @Test
  void whoLeavesDuringAPauseCostsNothing() throws Exception {
    mode.assumeTellsOfResets();
    Retrying rules = new Retrying(16, Duration.ofSeconds(1), 0.2);
    try (TestProxy proxy = TestProxy.start(mode, dead().retrying(rules))) {
      try (Socket client = proxy.connect()) {
        await().atMost(20, SECONDS).until(() -> budget(proxy).made() > 0);
        client.setSoLinger(true, 0);
      }
      proxy.awaitIdle();
      assertThat(budget(proxy).made()).isLessThan(16);
      assertThat(proxy.listener().rejectedTotal()).isZero();
    }
  }

  @Test
  void aDrainCutsAPause() throws Exception {
    Retrying rules = new Retrying(16, Duration.ofSeconds(1), 0.2);
    TestConfig config = dead().retrying(rules).drain(Duration.ofMillis(100));
    try (TestProxy proxy = TestProxy.start(mode, config);
        Socket client = proxy.connect()) {
      await().atMost(20, SECONDS).until(() -> budget(proxy).made() > 0);
      assertThat(TestProxy.done(proxy.drain()).cut()).isEqualTo(1);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aFloodToADeadPoolIsNotMultiplied() throws Exception {
    int clients = 120;
    try (TestProxy proxy = TestProxy.start(mode, dead().retries(16))) {
      for (int i = 0; i < clients; i++) {
        assertReset(proxy);
      }
      proxy.awaitIdle();
      RetryBudget budget = budget(proxy);
      assertThat(budget.refused()).isPositive();
      assertThat(proxy.backend(0).stats().counters().failures()).isEqualTo(clients + budget.made());
      assertThat(proxy.listener().rejectedTotal(Rejection.CONNECT_FAILED)).isEqualTo(clients);
    }
  }

  private static TestConfig dead() throws IOException {
    return new TestConfig().failureThreshold(100_000).backend(ClosedPort.next());
  }

  private static RetryBudget budget(TestProxy proxy) {
    return proxy.snapshot().pools().values().iterator().next().stats().retries();
  }

  private static void assertReset(TestProxy proxy) {
    assertThatThrownBy(
            () -> {
              try (Socket client = proxy.connect()) {
                client.getInputStream().readAllBytes();
              }
            })
        .isInstanceOf(SocketException.class);
  }
}
