package io.loble.sim.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long SECOND = 1_000_000_000;

  @Test
  void theFirstIsDueAtOnceAndTheOthersAreEvenlySpread() {
    Pace pace = new Pace(2, Duration.ZERO);
    assertThat(pace.due(0)).isEqualTo(1);
    assertThat(pace.due(499_999_999)).isEqualTo(1);
    assertThat(pace.due(500_000_000)).isEqualTo(2);
    assertThat(pace.due(10 * SECOND)).isEqualTo(21);
    assertThat(pace.dueNanos(20)).isEqualTo(10 * SECOND);
    assertThat(pace.millisUntil(1, 100_000_000)).isEqualTo(400);
  }

  @Test
  void theRateGrowsLinearlyWhileItRampsUp() {
    Pace pace = new Pace(100, Duration.ofSeconds(10));
    // 100 a second at the end of ten seconds is 50 a second on average.
    assertThat(pace.due(0)).isEqualTo(1);
    assertThat(pace.due(5 * SECOND)).isEqualTo(1 + 125);
    assertThat(pace.due(10 * SECOND)).isEqualTo(1 + 500);
    assertThat(pace.due(11 * SECOND)).isEqualTo(1 + 600);
    assertThat(pace.dueNanos(125)).isEqualTo(5 * SECOND);
    assertThat(pace.dueNanos(600)).isEqualTo(11 * SECOND);
  }

  @Property
  void asManyAreDueAsTheRateSumsUpTo(
      @ForAll @DoubleRange(min = 0.01, max = 100_000) double rate,
      @ForAll @IntRange(max = 600_000) int rampMillis,
      @ForAll @LongRange(min = 0, max = 3_600_000_000_000L) long elapsed) {
    double ramp = rampMillis * 1e6;
    double sum =
        elapsed < ramp
            ? rate / 1e9 * elapsed * elapsed / ramp / 2
            : rate / 1e9 * (elapsed - ramp / 2);
    Pace pace = new Pace(rate, Duration.ofMillis(rampMillis));
    assertThat((double) pace.due(elapsed)).isCloseTo(sum + 0.5, within(0.51));
  }

  @Property
  void neverAreFewerDueLater(
      @ForAll @DoubleRange(min = 0.01, max = 100_000) double rate,
      @ForAll @IntRange(max = 600_000) int rampMillis,
      @ForAll @LongRange(min = 0, max = 3_600_000_000_000L) long elapsed,
      @ForAll @LongRange(min = 0, max = 1_000_000_000) long more) {
    Pace pace = new Pace(rate, Duration.ofMillis(rampMillis));
    assertThat(pace.due(elapsed + more)).isGreaterThanOrEqualTo(pace.due(elapsed));
  }

  @Property
  void eachIsDueFromItsInstantOnAndNotBefore(
      @ForAll @DoubleRange(min = 0.01, max = 100_000) double rate,
      @ForAll @IntRange(max = 600_000) int rampMillis,
      @ForAll @LongRange(min = 1, max = 1_000_000) long index) {
    Pace pace = new Pace(rate, Duration.ofMillis(rampMillis));
    long due = pace.dueNanos(index);
    assertThat(pace.due(due)).isGreaterThan(index);
    assertThat(pace.due(due - 1)).isLessThanOrEqualTo(index);
  }

  @Property
  void whoWaitsAsLongAsToldFindsOneMoreDue(
      @ForAll @DoubleRange(min = 0.01, max = 10_000) double rate,
      @ForAll @IntRange(max = 600_000) int rampMillis,
      @ForAll @LongRange(min = 0, max = 3_600_000_000_000L) long elapsed) {
    Pace pace = new Pace(rate, Duration.ofMillis(rampMillis));
    long due = pace.due(elapsed);
    long then = elapsed + pace.millisUntil(due, elapsed) * 1_000_000;
    assertThat(pace.due(then)).isGreaterThan(due);
  }
}
