package io.loble.sim;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void theFirstIsDueAtOnceAndTheOthersAreEvenlySpread() {
    Pace pace = new Pace(2);
    assertThat(pace.due(0)).isEqualTo(1);
    assertThat(pace.due(499_999_999)).isEqualTo(1);
    assertThat(pace.due(500_000_000)).isEqualTo(2);
    assertThat(pace.due(10_000_000_000L)).isEqualTo(21);
    assertThat(pace.millisUntilNext(1, 100_000_000)).isEqualTo(400);
  }

  @Property
  void whoWaitsAsLongAsToldFindsOneMoreDue(
      @ForAll @DoubleRange(min = 0.01, max = 10_000) double rate,
      @ForAll @LongRange(min = 0, max = 3_600_000_000_000L) long elapsed) {
    Pace pace = new Pace(rate);
    long due = pace.due(elapsed);
    // A millisecond more than told leaves room for rounding.
    long then = elapsed + (pace.millisUntilNext(due, elapsed) + 1) * 1_000_000;
    assertThat(pace.due(then)).isGreaterThan(due);
  }
}
