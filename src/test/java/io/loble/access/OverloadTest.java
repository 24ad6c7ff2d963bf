package io.loble.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.access.Overload.Cause;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class OverloadTest {

  private static final long MILLISECOND = 1_000_000;
  private static final long STEP = 100 * MILLISECOND;
  private static final long START = TestClock.before(2 * STEP);

  private long now = START;

  @Test
  void withoutBoundsNothingIsTooMuch() {
    Overload overload = new Overload(0, 0, START);
    assertThat(look(overload, 1_000, 1, 100)).isEqualTo(Cause.NONE);
  }

  @Test
  void oneLateTurnIsNotOverload() {
    Overload overload = new Overload(50 * MILLISECOND, 0, START);
    assertThat(look(overload, 300, 0, 1)).isEqualTo(Cause.NONE);
    assertThat(look(overload, 0, 0, 20)).isEqualTo(Cause.NONE);
  }

  @Test
  void lastingLagIsOverloadUntilItHasFallenToHalf() {
    Overload overload = new Overload(50 * MILLISECOND, 0, START);
    assertThat(look(overload, 100, 0, 20)).isEqualTo(Cause.LAG);
    assertThat(look(overload, 30, 0, 100)).isEqualTo(Cause.LAG);
    assertThat(look(overload, 20, 0, 100)).isEqualTo(Cause.NONE);
    assertThat(look(overload, 45, 0, 100)).isEqualTo(Cause.NONE);
    assertThat(overload.lagNanos()).isBetween(44 * MILLISECOND, 45 * MILLISECOND);
  }

  /** Whatever the times between looks are, a second weighs the same. */
  @Test
  void smoothingDependsOnTimeOnly() {
    Overload often = new Overload(1, 0, START);
    Overload seldom = new Overload(1, 0, START);
    for (int i = 1; i <= 1000; i++) {
      often.look(100 * MILLISECOND, 0, START + i * MILLISECOND);
    }
    seldom.look(100 * MILLISECOND, 0, START + 1000 * MILLISECOND);
    assertThat(often.lagNanos()).isCloseTo(seldom.lagNanos(), Percentage.withPercentage(0.1));
    assertThat((double) often.lagNanos())
        .isCloseTo(100 * MILLISECOND * (1 - Math.exp(-1)), Percentage.withPercentage(0.1));
  }

  @Test
  void aFullHeapIsOverloadUntilThereIsRoomAgain() {
    Overload overload = new Overload(0, 0.8, START);
    assertThat(look(overload, 0, 0.79, 1)).isEqualTo(Cause.NONE);
    assertThat(look(overload, 0, 0.81, 1)).isEqualTo(Cause.HEAP);
    assertThat(look(overload, 0, 0.77, 1)).isEqualTo(Cause.HEAP);
    assertThat(look(overload, 0, 0.75, 1)).isEqualTo(Cause.NONE);
    assertThat(look(overload, 0, 0.79, 1)).isEqualTo(Cause.NONE);
  }

  @Test
  void anUnknownHeapIsNotFull() {
    Overload overload = new Overload(0, 0.8, START);
    assertThat(look(overload, 0, Double.NaN, 1)).isEqualTo(Cause.NONE);
  }

  @Test
  void lagIsNamedBeforeTheHeap() {
    Overload overload = new Overload(50 * MILLISECOND, 0.8, START);
    assertThat(look(overload, 100, 0.9, 20)).isEqualTo(Cause.LAG);
    assertThat(look(overload, 0, 0.9, 20)).isEqualTo(Cause.HEAP);
    assertThat(overload.cause()).isEqualTo(Cause.HEAP);
  }

  private Cause look(Overload overload, long lagMillis, double heap, int times) {
    for (int i = 0; i < times; i++) {
      now += STEP;
      overload.look(lagMillis * MILLISECOND, heap, now);
    }
    return overload.cause();
  }
}
