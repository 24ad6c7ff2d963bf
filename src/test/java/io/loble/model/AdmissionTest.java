package io.loble.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Places that many cores share. */
class AdmissionTest {

  private static final int THREADS = 4;
  private static final int ROUNDS = 20_000;

  private final Admission admission = new Admission();

  @Test
  void noMoreThanTheBoundHoldAPlaceAtOnce() {
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger acquired = new AtomicInteger();
    Threads.run(
        THREADS,
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            if (admission.tryAcquire(2)) {
              acquired.incrementAndGet();
              most.accumulateAndGet(holders.incrementAndGet(), Math::max);
              holders.decrementAndGet();
              admission.release();
            }
          }
        });
    assertThat(most.get()).isBetween(1, 2);
    assertThat(acquired.get()).isPositive();
    assertThat(admission.active()).isZero();
  }

  @Test
  void exactlyTheBoundIsHandedOutWhenNobodyGivesBack() {
    AtomicInteger acquired = new AtomicInteger();
    Threads.run(
        THREADS,
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            if (admission.tryAcquire(1000)) {
              acquired.incrementAndGet();
            }
          }
        });
    assertThat(acquired.get()).isEqualTo(1000);
    assertThat(admission.active()).isEqualTo(1000);
  }

  @Test
  void thePeakIsTheMostThatWereActiveAtOnce() {
    Phaser all = new Phaser(THREADS);
    Threads.run(
        THREADS,
        () -> {
          for (int i = 0; i < 100; i++) {
            admission.tryAcquire(i % 2 == 0 ? 0 : THREADS);
            all.arriveAndAwaitAdvance();
            admission.release();
            all.arriveAndAwaitAdvance();
          }
        });
    assertThat(admission.active()).isZero();
    assertThat(admission.peak()).isEqualTo(THREADS);
  }

  @Test
  void zeroMeansNoBound() {
    for (int i = 0; i < 1000; i++) {
      assertThat(admission.tryAcquire(0)).isTrue();
    }
    assertThat(admission.active()).isEqualTo(1000);
  }

  @Test
  void theLastToReleaseHearsThatNobodyIsLeft() {
    admission.tryAcquire(0);
    admission.tryAcquire(0);
    assertThat(admission.release()).isFalse();
    assertThat(admission.release()).isTrue();
  }
}
