package io.loble.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Counters and places that many cores share. */
class BackendStatsTest {

  private static final int THREADS = 4;
  private static final int ROUNDS = 20_000;

  private final BackendStats stats = new BackendStats();

  @Test
  void noMoreThanTheBoundHoldAPlaceAtOnce() {
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger acquired = new AtomicInteger();
    Threads.run(
        THREADS,
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            if (stats.tryAcquire(2)) {
              acquired.incrementAndGet();
              most.accumulateAndGet(holders.incrementAndGet(), Math::max);
              holders.decrementAndGet();
              stats.release();
            }
          }
        });
    assertThat(most.get()).isBetween(1, 2);
    assertThat(acquired.get()).isPositive();
    assertThat(stats.active()).isZero();
  }

  @Test
  void exactlyTheBoundIsHandedOutWhenNobodyGivesBack() {
    AtomicInteger acquired = new AtomicInteger();
    Threads.run(
        THREADS,
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            if (stats.tryAcquire(1000)) {
              acquired.incrementAndGet();
            }
          }
        });
    assertThat(acquired.get()).isEqualTo(1000);
    assertThat(stats.active()).isEqualTo(1000);
  }

  @Test
  void thePeakIsTheMostThatWereActiveAtOnce() {
    Phaser all = new Phaser(THREADS);
    Threads.run(
        THREADS,
        () -> {
          for (int i = 0; i < 100; i++) {
            stats.tryAcquire(i % 2 == 0 ? 0 : THREADS);
            all.arriveAndAwaitAdvance();
            stats.release();
            all.arriveAndAwaitAdvance();
          }
        });
    assertThat(stats.active()).isZero();
    assertThat(stats.peak()).isEqualTo(THREADS);
  }

  @Test
  void theShareOfErrorsIsThatOfAllAttempts() {
    assertThat(stats.errorShare()).isEmpty();
    stats.connected(1_000);
    assertThat(stats.errorShare()).hasValue(0);
    stats.connectFailed(ConnectFailure.REFUSED);
    assertThat(stats.errorShare()).hasValue(0.5);
    // It was connected, and was an attempt already.
    stats.resetEarly();
    assertThat(stats.errorShare()).hasValue(1);
  }

  @Test
  void zeroMeansNoBound() {
    for (int i = 0; i < 1000; i++) {
      assertThat(stats.tryAcquire(0)).isTrue();
    }
    assertThat(stats.active()).isEqualTo(1000);
  }

  @Test
  void theLastToReleaseHearsThatNobodyIsLeft() {
    stats.tryAcquire(0);
    stats.tryAcquire(0);
    assertThat(stats.release()).isFalse();
    assertThat(stats.release()).isTrue();
  }

  @Test
  void aTrialIsTakenByOneOnly() {
    AtomicInteger taken = new AtomicInteger();
    stats.grantTrial();
    stats.grantTrial();
    Threads.run(
        THREADS,
        () -> {
          if (stats.takeTrial()) {
            taken.incrementAndGet();
          }
        });
    assertThat(taken.get()).isEqualTo(1);
  }

  @Test
  void failuresAreCountedByReasonAndInAll() {
    stats.connectFailed(ConnectFailure.REFUSED);
    stats.connectFailed(ConnectFailure.REFUSED);
    stats.connectFailed(ConnectFailure.TIMEOUT);
    stats.resetEarly();
    assertThat(stats.connectFailures(ConnectFailure.REFUSED)).isEqualTo(2);
    assertThat(stats.connectFailures(ConnectFailure.TIMEOUT)).isEqualTo(1);
    assertThat(stats.connectFailures(ConnectFailure.OTHER)).isZero();
    assertThat(stats.failures()).isEqualTo(4);
    assertThat(stats.total()).isZero();
  }

  @Test
  void anEstablishedConnectionIsCountedWithTheTimeItTook() {
    stats.connected(2_000_000);
    stats.connected(3_000_000);
    assertThat(stats.total()).isEqualTo(2);
    assertThat(stats.connectSeconds().sumSeconds()).isEqualTo(0.005);
  }

  @Test
  void bytesAreCountedByDirection() {
    stats.addBytesToBackend(3);
    stats.addBytesToClient(40);
    stats.addBytesToClient(2);
    assertThat(stats.bytesToBackend()).isEqualTo(3);
    assertThat(stats.bytesToClient()).isEqualTo(42);
  }
}
