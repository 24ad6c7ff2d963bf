package io.loble.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.BackendMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** How much of the new connections a backend is to get. */
class EffectiveWeightTest {

  @Property
  void isTheConfiguredWeightUnlessTheOperatorWantsNoConnections(
      @ForAll @IntRange(max = 256) int configured, @ForAll BackendMode mode) {
    double expected = mode == BackendMode.READY ? configured : 0;
    assertThat(EffectiveWeight.of(configured, mode)).isEqualTo(expected);
  }
}
