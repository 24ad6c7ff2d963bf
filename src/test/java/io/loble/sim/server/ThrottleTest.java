package io.loble.sim.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class ThrottleTest {

  private static final long START = -5_000_000_000L;
  private static final double SECOND = 1e9;

  @Property
  void neverMoreThanTheRateAndThreeSlices(
      @ForAll @LongRange(min = 1, max = 10_000_000_000L) long rate,
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 60_000_000) Integer> steps) {
    Throttle throttle = new Throttle();
    long now = START;
    double taken = 0;
    for (int step : steps) {
      now += step;
      taken += throttle.take(1_000_000_000, rate, now);
      double slice = Math.max(1, rate / 50.0);
      assertThat(taken).isLessThanOrEqualTo((now - START) / SECOND * rate + 3 * slice);
    }
  }

  @Property
  void whoComesWhenItIsTimeGetsTheWholeRate(
      @ForAll @LongRange(min = 1, max = 10_000_000_000L) long rate) {
    Throttle throttle = new Throttle();
    long now = START;
    double taken = 0;
    for (int i = 0; i < 300; i++) {
      taken += throttle.take(1_000_000_000, rate, now);
      assertThat(throttle.take(1_000_000_000, rate, now)).isZero();
      now += throttle.nanosLeft(now);
    }
    assertThat(taken).isGreaterThan((now - START) / SECOND * rate * 0.999);
  }

  @Example
  void withoutABoundEverythingGoes() {
    assertThat(new Throttle().take(123_456_789, 0, START)).isEqualTo(123_456_789);
  }

  @Example
  void anotherRateHoldsAtOnce() {
    Throttle throttle = new Throttle();
    assertThat(throttle.take(100, 1, START)).isEqualTo(1);
    assertThat(throttle.take(100, 1, START + 900_000_000)).isZero();
    assertThat(throttle.take(100, 1000, START + 900_000_000)).isEqualTo(20);
  }
}
