package io.loble.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loble.model.LearningRange;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Weights follow the times that backends take, slowly and within bounds. */
class LearningTest {

  private static final LearningRange RANGE = LearningRange.DEFAULT;

  private static double[] steps(int count, double[] from, IntToDoubleFunction nanos) {
    double[] factors = from;
    for (int i = 0; i < count; i++) {
      List<Pace> now =
          IntStream.range(0, from.length).mapToObj(k -> clients(nanos.applyAsDouble(k))).toList();
      factors = Learning.step(factors, now, RANGE);
    }
    return factors;
  }

  private static Pace clients(double nanos) {
    return new Pace(nanos, 0, false);
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Property
  void staysWithinTheRangeAndMovesByATwentiethAtMost(
      @ForAll @Size(min = 1, max = 6) List<@DoubleRange(min = 0, max = 1e9) Double> nanos,
      @ForAll @Size(6) List<@DoubleRange(min = 0.2, max = 2) Double> factors) {
    double[] before =
        factors.stream().limit(nanos.size()).mapToDouble(Double::doubleValue).toArray();
    double[] after =
        Learning.step(before, nanos.stream().map(LearningTest::clients).toList(), RANGE);
    for (int i = 0; i < after.length; i++) {
      assertThat(after[i]).isBetween(RANGE.min(), RANGE.max());
      assertThat(after[i] / before[i]).isBetween(1 / 1.0501, 1.0501);
    }
  }

  @Test
  void aSlowOneIsLeftWithTheLeast() {
    assertThat(steps(100, ones(4), i -> i == 2 ? 50e6 : 5e6)).containsExactly(1, 1, 0.2, 1);
  }

  @Test
  void aFastOneGetsTheMost() {
    assertThat(steps(100, ones(4), i -> i == 1 ? 1e6 : 5e6)).containsExactly(1, 2, 1, 1);
  }

  @Test
  void equalTimesAreLeftAlone() {
    assertThat(steps(50, ones(3), i -> 5e6 + i * 2e5)).containsExactly(1, 1, 1);
  }

  /** Each takes longer the more it has to do; one is half as able as the others. */
  @Property
  void comesToRestWhereAllTakeTheSame(@ForAll @IntRange(min = 2, max = 9) int count) {
    double[] factors = ones(count);
    for (int step = 0; step < 300; step++) {
      double[] seen = factors;
      double sum = Arrays.stream(seen).sum();
      List<Pace> paces =
          IntStream.range(0, count)
              .mapToObj(i -> clients(1e6 * seen[i] / sum * count * (i == 0 ? 2 : 1)))
              .toList();
      factors = Learning.step(factors, paces, RANGE);
    }
    assertThat(factors[0] / factors[1]).isCloseTo(0.5, within(0.12));
  }

  @Test
  void whatNobodyHearsOfForLongIsForgotten() {
    double[] factors = {0.2, 2, 1};
    assertThat(steps(10, factors, i -> 0)).containsExactly(0.2, 2, 1);
    for (int i = 0; i < 40; i++) {
      factors = Learning.step(factors, Collections.nCopies(3, new Pace(0, 0, true)), RANGE);
    }
    assertThat(factors).containsExactly(1, 1, 1);
  }

  /** A probe waits for less than a client, which says nothing of who has no clients. */
  @Test
  void probesAreNotComparedWithClients() {
    List<Pace> mixed =
        List.of(new Pace(20e6, 1e5, false), new Pace(20e6, 1e5, false), new Pace(0, 1e5, false));
    assertThat(Learning.step(ones(3), mixed, RANGE)).containsExactly(1, 1, 1);
  }

  @Test
  void withoutClientsProbesAreCompared() {
    List<Pace> probes =
        List.of(new Pace(0, 1e5, false), new Pace(0, 1e5, false), new Pace(0, 9e5, false));
    assertThat(Learning.step(ones(3), probes, RANGE)).containsExactly(1, 1, 1 / 1.05);
  }

  @Test
  void oneAloneHasNobodyToBeComparedWith() {
    assertThat(steps(10, ones(3), i -> i == 0 ? 5e8 : 0)).containsExactly(1, 1, 1);
  }
}
