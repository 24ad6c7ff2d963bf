package io.loble.sim.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LatencyModelTest {

  private static final int SAMPLES = 20_000;

  @Provide
  Arbitrary<LatencyModel> models() {
    Arbitrary<Double> times = thousandths(0, LatencyModel.MAX_MILLIS);
    Arbitrary<Double> positives = thousandths(0.001, LatencyModel.MAX_MILLIS);
    return Arbitraries.oneOf(
        Arbitraries.just(LatencyModel.NONE),
        times.map(LatencyModel.Fixed::new),
        Combinators.combine(times, times)
            .as((a, b) -> new LatencyModel.Uniform(Math.min(a, b), Math.max(a, b))),
        Combinators.combine(times, times).as(LatencyModel.Normal::new),
        Combinators.combine(positives, thousandths(0.001, 1000)).as(LatencyModel.Pareto::new));
  }

  private static Arbitrary<Double> thousandths(double min, double max) {
    return Arbitraries.longs()
        .between(Math.round(min * 1000), Math.round(max * 1000))
        .map(thousandth -> thousandth / 1000.0);
  }

  @Property
  void itsTextReadsBackToTheSame(@ForAll("models") LatencyModel model) {
    assertThat(LatencyModel.parse(model.toString())).contains(model);
  }

  @Property
  void noAnswerIsEarlyOrMoreThanAnHourLate(
      @ForAll("models") LatencyModel model, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20; i++) {
      assertThat(model.nextMillis(random)).isBetween(0.0, (double) LatencyModel.MAX_MILLIS);
    }
  }

  @Property
  void theSameSeedGivesTheSameSequence(@ForAll("models") LatencyModel model, @ForAll long seed) {
    SplittableRandom one = new SplittableRandom(seed);
    SplittableRandom other = new SplittableRandom(seed);
    for (int i = 0; i < 20; i++) {
      assertThat(model.nextMillis(one)).isEqualTo(model.nextMillis(other));
    }
  }

  @Example
  void averagesAreThoseOfTheDistributions() {
    assertThat(mean("none")).isZero();
    assertThat(mean("fixed 50")).isEqualTo(50);
    assertThat(mean("uniform 10 50")).isCloseTo(30, within(0.5));
    assertThat(mean("normal 50 10")).isCloseTo(50, within(0.5));
    // The minimum by shape / (shape - 1).
    assertThat(mean("pareto 10 3")).isCloseTo(15, within(0.5));
  }

  @Example
  void aUniformOneStaysBetweenItsBoundsAndAParetoAboveItsMinimum() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < SAMPLES; i++) {
      assertThat(new LatencyModel.Uniform(10, 50).nextMillis(random)).isBetween(10.0, 50.0);
      assertThat(new LatencyModel.Pareto(10, 1.5).nextMillis(random)).isGreaterThanOrEqualTo(10);
    }
  }

  @Example
  void aNormalOneSpreadsByItsDeviation() {
    SplittableRandom random = new SplittableRandom(1);
    int near = 0;
    for (int i = 0; i < SAMPLES; i++) {
      near += Math.abs(new LatencyModel.Normal(50, 10).nextMillis(random) - 50) <= 10 ? 1 : 0;
    }
    assertThat(near / (double) SAMPLES).isCloseTo(0.683, within(0.02));
  }

  @Example
  void whatIsNoneOfItsFormsIsRefused() {
    assertThat(
            new String[] {
              "",
              "fast",
              "fixed",
              "fixed -1",
              "fixed 3600001",
              "fixed 1 2",
              "fixed 1e3",
              "uniform 50 10",
              "uniform 10",
              "normal 50",
              "pareto 0 1",
              "pareto 10 0",
              "pareto 10 1001",
              "Fixed 10"
            })
        .allSatisfy(text -> assertThat(LatencyModel.parse(text)).isEmpty());
  }

  private static double mean(String text) {
    LatencyModel model = LatencyModel.parse(text).orElseThrow();
    SplittableRandom random = new SplittableRandom(42);
    double sum = 0;
    for (int i = 0; i < SAMPLES; i++) {
      sum += model.nextMillis(random);
    }
    return sum / SAMPLES;
  }
}
