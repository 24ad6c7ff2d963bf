package io.loble.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.loble.model.AnswerTimes;
import org.junit.jupiter.api.Test;

/** What counts of how a backend answers. */
class LearntWeightTest {

  private static final double SECOND = 1e9;

  private final AnswerTimes answers = new AnswerTimes();
  private final LearntWeight pace = new LearntWeight(answers);

  private void answer(int times, long nanos) {
    for (int i = 0; i < times; i++) {
      answers.record(nanos, 0);
    }
  }

  private double clients() {
    return pace.take().clientNanos();
  }

  @Test
  void isTheMeanOfClientsSinceItWasAskedLast() {
    answer(5, 300);
    answer(5, 100);
    assertThat(clients()).isEqualTo(200);
    answer(6, 70);
    assertThat(clients()).isEqualTo(70);
    assertThat(clients()).isZero();
  }

  @Test
  void fewClientsCountWhenThereAreMore() {
    answer(3, 300);
    assertThat(clients()).isZero();
    answer(2, 200);
    assertThat(clients()).isEqualTo((3 * 300 + 2 * 200) / 5.0);
  }

  @Test
  void aProbeIsToldOnce() {
    answer(5, 300);
    pace.probed(55);
    assertThat(pace.take()).isEqualTo(new Pace(300, 55, false));
    assertThat(pace.take()).isEqualTo(new Pace(0, 0, false));
  }

  @Test
  void oneThatFailedCountsAsASecond() {
    for (int i = 0; i < 10; i++) {
      answers.failed(0);
    }
    assertThat(clients()).isEqualTo(SECOND);
    answer(9, 0);
    answers.failed(0);
    assertThat(clients()).isEqualTo(SECOND / 10);
  }

  @Test
  void soDoesOneWhoseClientHasWaitedForASecondInVain() {
    answers.gaveUp(999_999_999, 0);
    assertThat(answers.failures()).isZero();
    for (int i = 0; i < 5; i++) {
      answers.gaveUp(2_000_000_000, 0);
    }
    assertThat(clients()).isEqualTo(SECOND);
    assertThat(answers.recent().at(0)).isCloseTo(2e9, withPercentage(1));
  }

  @Test
  void afterAMinuteOfSilenceNothingIsKnown() {
    pace.probed(55);
    for (int i = 0; i < 60; i++) {
      assertThat(pace.take().forgotten()).isFalse();
    }
    assertThat(pace.take().forgotten()).isTrue();
    pace.probed(55);
    assertThat(pace.take().forgotten()).isFalse();
  }
}
