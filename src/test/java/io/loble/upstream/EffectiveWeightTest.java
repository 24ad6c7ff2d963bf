package io.loble.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.BackendState;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** How much of the new connections a backend is to get. */
class EffectiveWeightTest {

  @Property
  void isTheConfiguredWeightInRotationAndNothingOutOfIt(
      @ForAll @IntRange(max = 256) int configured, @ForAll BackendState state) {
    double expected = state == BackendState.HEALTHY ? configured : 0;
    assertThat(EffectiveWeight.of(configured, state)).isEqualTo(expected);
  }
}
