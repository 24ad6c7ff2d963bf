package io.loble.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Each accepted connection is counted in and out. */
class ListenerStatsTest {

  private final ListenerStats stats = new ListenerStats();

  @Test
  void whatWasAcceptedAndHasNotEndedIsActive() {
    stats.accepted();
    stats.accepted();
    stats.accepted();
    stats.ended(1_000_000);
    assertThat(stats.active()).isEqualTo(2);
    assertThat(stats.acceptedTotal()).isEqualTo(3);
    assertThat(Arrays.stream(stats.durationSeconds().counts()).sum()).isEqualTo(1);
  }

  @Test
  void rejectionsAreCountedByReasonAndInAll() {
    stats.rejected(Rejection.LIMIT);
    stats.rejected(Rejection.NO_BACKEND);
    stats.rejected(Rejection.NO_BACKEND);
    assertThat(stats.rejectedTotal(Rejection.NO_BACKEND)).isEqualTo(2);
    assertThat(stats.rejectedTotal(Rejection.LIMIT)).isEqualTo(1);
    assertThat(stats.rejectedTotal(Rejection.BACKENDS_FULL)).isZero();
    assertThat(stats.rejectedTotal()).isEqualTo(3);
  }

  @Test
  void nobodyIsLeftAfterManyThreadsHaveCountedInAndOut() {
    Threads.run(
        4,
        () -> {
          for (int i = 0; i < 10_000; i++) {
            stats.accepted();
            assertThat(stats.active()).isNotNegative();
            stats.ended(1);
          }
        });
    assertThat(stats.active()).isZero();
    assertThat(stats.acceptedTotal()).isEqualTo(40_000);
  }
}
