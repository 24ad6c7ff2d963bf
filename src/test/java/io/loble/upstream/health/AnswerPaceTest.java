package io.loble.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.AnswerTimes;
import org.junit.jupiter.api.Test;

/** What counts of how a backend answers. */
class AnswerPaceTest {

  private static final double SECOND = 1e9;

  private final AnswerTimes answers = new AnswerTimes();
  private final AnswerPace pace = new AnswerPace(answers);

  private void answer(int times, long nanos) {
    for (int i = 0; i < times; i++) {
      answers.record(nanos, 0);
    }
  }

  @Test
  void isTheMeanOfClientsSinceItWasAskedLast() {
    answer(5, 300);
    answer(5, 100);
    assertThat(pace.take()).isEqualTo(200);
    answer(6, 70);
    assertThat(pace.take()).isEqualTo(70);
    assertThat(pace.take()).isZero();
  }

  @Test
  void isThatOfAProbeWhereThereAreFewClients() {
    answer(3, 300);
    pace.probed(55);
    assertThat(pace.take()).isEqualTo(55);
    assertThat(pace.take()).as("it is told once").isZero();
    answer(2, 200);
    assertThat(pace.take()).as("those of before are not lost").isEqualTo((3 * 300 + 2 * 200) / 5.0);
  }

  @Test
  void clientsCountMoreThanProbes() {
    answer(5, 300);
    pace.probed(55);
    assertThat(pace.take()).isEqualTo(300);
  }

  @Test
  void oneThatFailedCountsAsASecond() {
    for (int i = 0; i < 10; i++) {
      answers.failed(0);
    }
    assertThat(pace.take()).isEqualTo(SECOND);
    answer(9, 0);
    answers.failed(0);
    assertThat(pace.take()).isEqualTo(SECOND / 10);
  }
}
