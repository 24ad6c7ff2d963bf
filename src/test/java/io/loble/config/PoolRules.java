package io.loble.config;

import io.loble.config.Ejection.SuccessRate;
import io.loble.model.Algorithm;
import io.loble.model.Balancing;
import io.loble.model.HashOn;
import io.loble.model.LearningRange;
import io.loble.model.PickRules;
import io.loble.model.QueueLimits;
import io.loble.model.Retrying;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any rules of a pool. */
final class PoolRules {

  private PoolRules() {}

  static Arbitrary<PickRules> rules() {
    return Combinators.combine(balancing(), retrying(), queue()).as(PickRules::new);
  }

  private static Arbitrary<Balancing> balancing() {
    return Combinators.combine(
            Arbitraries.of(Algorithm.class),
            Arbitraries.of(HashOn.class),
            Arbitraries.of(0.0, 1.0, 1.25, 100.0),
            Combinators.combine(decimals(0.01, 1), decimals(1, 100)).as(LearningRange::new))
        .as(Balancing::new);
  }

  private static Arbitrary<Retrying> retrying() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 16), millis(0, 1_000), decimals(0, 1))
        .as(Retrying::new);
  }

  private static Arbitrary<QueueLimits> queue() {
    return Combinators.combine(Arbitraries.integers().greaterOrEqual(0), millis(1, 100_000))
        .as(QueueLimits::new);
  }

  static Arbitrary<Resilience> resilience() {
    return Combinators.combine(millis(0, 3_600_000), decimals(0, 1), ejection(), circuit())
        .as(Resilience::new);
  }

  private static Arbitrary<Ejection> ejection() {
    Arbitrary<Integer> counts = Arbitraries.integers().greaterOrEqual(1);
    return Combinators.combine(
            Arbitraries.of(true, false),
            counts.tuple2(),
            millis(1, 1_000),
            Combinators.combine(counts, decimals(0, 1_000)).as(SuccessRate::new),
            Arbitraries.of(0.0, 1.0, 3.5, 1_000.0),
            millis(100, 100_000),
            millis(1, 100_000).tuple2(),
            decimals(0, 1))
        .as(
            (enabled, inARow, early, rate, slow, interval, times, share) ->
                new Ejection(
                    enabled,
                    inARow.get1(),
                    inARow.get2(),
                    early,
                    rate,
                    slow,
                    interval,
                    times.get1(),
                    times.get1().plus(times.get2()),
                    share));
  }

  private static Arbitrary<Circuit> circuit() {
    return Combinators.combine(
            Arbitraries.of(true, false),
            decimals(0.01, 1),
            Arbitraries.integers().between(1, 10_000),
            millis(1, 100_000),
            Arbitraries.integers().between(1, 1_000))
        .as(Circuit::new);
  }

  private static Arbitrary<Double> decimals(double min, double max) {
    return Arbitraries.doubles().between(min, max);
  }

  private static Arbitrary<Duration> millis(long min, long max) {
    return Arbitraries.longs().between(min, max).map(Duration::ofMillis);
  }
}
