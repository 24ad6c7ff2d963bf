package io.loble.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** How the share of a backend grows that has come back. */
class WarmUpTest {

  private static final long SECOND = 1_000_000_000L;

  @Property
  void growsInAStraightLineFromATenthToAll(
      @ForAll @LongRange(max = 10) long seconds, @ForAll long start) {
    WarmUp warmUp = WarmUp.begin(start, Duration.ofSeconds(10));
    assertThat(warmUp.share(start + seconds * SECOND))
        .isCloseTo(0.1 + 0.09 * seconds, within(1e-9));
  }

  @Property
  void endsAfterItsTimeInStepsThatComeToThat(
      @ForAll @LongRange(min = 1, max = 100_000) long millis) {
    WarmUp warmUp = WarmUp.begin(0, Duration.ofMillis(millis));
    long now = 0;
    int steps = 0;
    while (warmUp.isOn()) {
      now += warmUp.stepMillis(now) * 1_000_000;
      warmUp = warmUp.at(now);
      steps++;
    }
    assertThat(now).isEqualTo(millis * 1_000_000);
    assertThat(steps).isLessThanOrEqualTo(46);
  }

  @Test
  void withoutTimeTheShareIsWholeAtOnce() {
    WarmUp none = WarmUp.begin(5, Duration.ZERO);
    assertThat(none.isOn()).isFalse();
    assertThat(none.share(5)).isEqualTo(1);
  }
}
