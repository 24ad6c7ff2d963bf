package io.loble.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is counted of a backend. */
class BackendCountersTest {

  private final BackendCounters counters = new BackendCounters();

  @Test
  void theShareOfErrorsIsThatOfAllAttempts() {
    assertThat(counters.errorShare()).isEmpty();
    counters.connected(1_000);
    assertThat(counters.errorShare()).hasValue(0);
    counters.connectFailed(ConnectFailure.REFUSED);
    assertThat(counters.errorShare()).hasValue(0.5);
    // It was connected, and was an attempt already.
    counters.resetEarly();
    assertThat(counters.errorShare()).hasValue(1);
  }

  @Test
  void failuresAreCountedByReasonAndInAll() {
    counters.connectFailed(ConnectFailure.REFUSED);
    counters.connectFailed(ConnectFailure.REFUSED);
    counters.connectFailed(ConnectFailure.TIMEOUT);
    counters.resetEarly();
    assertThat(counters.connectFailures(ConnectFailure.REFUSED)).isEqualTo(2);
    assertThat(counters.connectFailures(ConnectFailure.TIMEOUT)).isEqualTo(1);
    assertThat(counters.connectFailures(ConnectFailure.OTHER)).isZero();
    assertThat(counters.failures()).isEqualTo(4);
    assertThat(counters.total()).isZero();
  }

  @Test
  void anEstablishedConnectionIsCountedWithTheTimeItTook() {
    counters.connected(2_000_000);
    counters.connected(3_000_000);
    assertThat(counters.total()).isEqualTo(2);
    assertThat(counters.connectSeconds().sumSeconds()).isEqualTo(0.005);
  }

  @Test
  void bytesAreCountedByDirection() {
    counters.addBytesToBackend(3);
    counters.addBytesToClient(40);
    counters.addBytesToClient(2);
    assertThat(counters.bytesToBackend()).isEqualTo(3);
    assertThat(counters.bytesToClient()).isEqualTo(42);
  }
}
