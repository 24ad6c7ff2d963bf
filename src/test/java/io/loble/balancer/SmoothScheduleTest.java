package io.loble.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Shares are exact, and spread. */
class SmoothScheduleTest {

  @Test
  void fiveOneOneGivesAABACAA() {
    assertThat(turns(SmoothSchedule.ofWeights(5, 1, 1), 0, 14))
        .containsExactly(0, 0, 1, 0, 2, 0, 0, 0, 0, 1, 0, 2, 0, 0);
  }

  @Test
  void equalWeightsAlternate() {
    assertThat(turns(SmoothSchedule.ofWeights(7, 7, 7), 0, 6)).containsExactly(0, 1, 2, 0, 1, 2);
  }

  @Test
  void whatTheWeightsHaveInCommonIsDividedOut() {
    SmoothSchedule schedule = SmoothSchedule.ofWeights(40, 60, 100);
    assertThat(schedule.period()).isEqualTo(10);
    assertThat(turns(schedule, 0, 10)).isEqualTo(turns(SmoothSchedule.ofWeights(2, 3, 5), 0, 10));
  }

  @Property
  void everyWindowOfOnePeriodHoldsExactShares(
      @ForAll("weights") int[] weights, @ForAll @LongRange(min = 0) long offset) {
    SmoothSchedule schedule = SmoothSchedule.ofWeights(weights);
    int sum = Arrays.stream(weights).sum();
    assertThat(schedule.period()).isBetween(1, sum);
    int[] counts = new int[weights.length];
    for (int index : turns(schedule, offset, schedule.period())) {
      counts[index]++;
    }
    for (int i = 0; i < weights.length; i++) {
      assertThat(counts[i] * sum).isEqualTo(schedule.period() * weights[i]);
    }
  }

  /**
   * Before a turn the schedule's scores sum up to the sum of the weights, so the highest is above
   * zero, and what is left of it after the turn is above minus that sum.
   */
  @Property
  void nobodyIsEverAFullTurnAheadOfItsShare(@ForAll("weights") int[] weights) {
    SmoothSchedule schedule = SmoothSchedule.ofWeights(weights);
    int sum = Arrays.stream(weights).sum();
    int[] counts = new int[weights.length];
    for (int turn = 0; turn < schedule.period(); turn++) {
      int index = schedule.at(turn);
      counts[index]++;
      assertThat(counts[index] * sum - (turn + 1) * weights[index]).isLessThan(sum);
    }
  }

  /** With two backends the schedule is a rotation of a circle: gaps are the mean gap, rounded. */
  @Property
  void twoBackendsTakeTheirTurnsAsEvenlyAsWholeTurnsAllow(
      @ForAll @IntRange(min = 1, max = 256) int first,
      @ForAll @IntRange(min = 1, max = 256) int second) {
    SmoothSchedule schedule = SmoothSchedule.ofWeights(first, second);
    int[] weights = {first, second};
    int[] last = {-1, -1};
    for (int turn = 0; turn < 2 * schedule.period(); turn++) {
      int index = schedule.at(turn);
      if (last[index] >= 0) {
        double meanGap = (first + second) / (double) weights[index];
        assertThat((double) (turn - last[index]))
            .isBetween(Math.floor(meanGap), Math.ceil(meanGap));
      }
      last[index] = turn;
    }
  }

  @Property
  void orderNamesEachBackendOnceByItsNextTurn(
      @ForAll("weights") int[] weights, @ForAll @LongRange(min = 0) long offset) {
    SmoothSchedule schedule = SmoothSchedule.ofWeights(weights);
    int[] expected = Arrays.stream(turns(schedule, offset, schedule.period())).distinct().toArray();
    assertThat(schedule.orderFrom(offset)).isEqualTo(expected).hasSize(weights.length);
  }

  @Test
  void aThousandWeightsStayUnderTheStepBoundAndNearTheirShares() {
    int[] weights = IntStream.range(0, 1000).map(i -> 1 + i % 256).toArray();
    SmoothSchedule schedule = SmoothSchedule.ofWeights(weights);
    assertThat((long) schedule.period() * weights.length).isLessThanOrEqualTo(8_000_000);
    int[] counts = new int[weights.length];
    for (int index : turns(schedule, 0, schedule.period())) {
      counts[index]++;
    }
    double turnsPerWeight = schedule.period() / (double) Arrays.stream(weights).sum();
    for (int i = 0; i < weights.length; i++) {
      assertThat(counts[i]).as("backend %d", i).isPositive();
      assertThat((double) counts[i])
          .as("weight %d", weights[i])
          .isBetween(weights[i] * turnsPerWeight - 1, weights[i] * turnsPerWeight + 1);
    }
  }

  @Provide
  Arbitrary<int[]> weights() {
    return Arbitraries.integers().between(1, 256).array(int[].class).ofMinSize(1).ofMaxSize(10);
  }

  private static int[] turns(SmoothSchedule schedule, long from, int count) {
    return IntStream.range(0, count).map(i -> schedule.at(from + i)).toArray();
  }
}
