package io.loble.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LoopLagTest {

  private static final long MILLI = 1_000_000;
  private static final long PERIOD = 50 * MILLI;

  private final LoopLag lag = new LoopLag(PERIOD);

  @Test
  void aLoopOnTimeHasNone() {
    for (int tick = 0; tick < 100; tick++) {
      lag.ticked(tick * PERIOD);
    }
    assertThat(lag.seconds().sumSeconds()).isZero();
    assertThat(Arrays.stream(lag.seconds().counts()).sum()).isEqualTo(100);
  }

  @Test
  void aLoopThatStoodStillIsLateForEachTimeThatItMissed() {
    lag.ticked(0);
    long late = 4 * PERIOD;
    lag.ticked(late);
    lag.ticked(late);
    lag.ticked(late);
    lag.ticked(late);
    assertThat(lag.seconds().sumSeconds()).isCloseTo(0.15 + 0.1 + 0.05, within(1e-9));
  }

  @Test
  void aLateBeginningIsMadeGood() {
    lag.ticked(20 * MILLI);
    lag.ticked(PERIOD);
    lag.ticked(2 * PERIOD);
    assertThat(lag.seconds().sumSeconds()).isZero();
    lag.ticked(3 * PERIOD + 10 * MILLI);
    assertThat(lag.seconds().sumSeconds()).isCloseTo(0.01, within(1e-9));
  }
}
