package io.loble.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** When is asked again. */
class RefreshTimesTest {

  private static final RefreshTimes TIMES =
      new RefreshTimes(Duration.ofSeconds(1), Duration.ofMinutes(1));

  @Test
  void anAnswerIsUsedForItsTtlWithinTheBounds() {
    assertThat(TIMES.afterAnswer(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
    assertThat(TIMES.afterAnswer(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
    assertThat(TIMES.afterAnswer(Duration.ofDays(20_000))).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void waitsTwiceAsLongAfterEachFailure() {
    assertThat(TIMES.afterFailure(1, 0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(TIMES.afterFailure(2, 0)).isEqualTo(Duration.ofSeconds(2));
    assertThat(TIMES.afterFailure(3, 0)).isEqualTo(Duration.ofSeconds(4));
    assertThat(TIMES.afterFailure(7, 0)).isEqualTo(Duration.ofMinutes(1));
  }

  @Property
  void neverWaitsForLessOrMore(
      @ForAll @LongRange(min = 1, max = 60_000) long least,
      @ForAll @LongRange(max = 3_600_000) long more,
      @ForAll @LongRange(max = Integer.MAX_VALUE) long ttl,
      @ForAll @IntRange(min = 1) int failures,
      @ForAll @DoubleRange(max = 1) double random) {
    RefreshTimes times =
        new RefreshTimes(Duration.ofMillis(least), Duration.ofMillis(least + more));
    assertThat(times.afterAnswer(Duration.ofSeconds(ttl))).isBetween(times.least(), times.most());
    assertThat(times.afterFailure(failures, random)).isBetween(times.least(), times.most());
  }

  @Property
  void jitterTakesUpToAFifth(
      @ForAll @IntRange(min = 2, max = 40) int failures,
      @ForAll @DoubleRange(max = 1) double random) {
    Duration longest = TIMES.afterFailure(failures, 0);
    assertThat(TIMES.afterFailure(failures, random))
        .isBetween(longest.multipliedBy(8).dividedBy(10).minusNanos(1), longest);
  }
}
