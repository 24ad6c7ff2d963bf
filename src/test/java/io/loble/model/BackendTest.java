package io.loble.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Its share, as configured and as it is now. */
class BackendTest {

  private final Backend backend = backend(4);

  @Test
  void theShareIsTheConfiguredOneUnlessItIsSaidOtherwise() {
    assertThat(backend.effectiveWeight()).isEqualTo(4);
    Backend warming = backend.withEffectiveWeight(0.4);
    assertThat(warming.effectiveWeight()).isEqualTo(0.4);
    assertThat(warming.weight()).isEqualTo(4);
    assertThat(warming).isNotEqualTo(backend);
    assertThat(warming.withEffectiveWeight(4)).isEqualTo(backend);
  }

  @Test
  void anotherStateKeepsTheShare() {
    Backend warming = backend.withEffectiveWeight(0.4);
    assertThat(warming.withState(BackendState.DRAINING).effectiveWeight()).isEqualTo(0.4);
  }

  @Test
  void withoutAShareItTakesNoConnections() {
    assertThat(backend.takesConnections()).isTrue();
    assertThat(backend.withEffectiveWeight(0).takesConnections()).isFalse();
    assertThat(backend(0).takesConnections()).isFalse();
    assertThat(backend(0).withEffectiveWeight(1).takesConnections()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void aShareIsANumberOfZeroOrMore(double weight) {
    assertThatThrownBy(() -> backend.withEffectiveWeight(weight))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Backend backend(int weight) {
    HostPort address = new HostPort("10.0.0.1", 80);
    return new Backend("a", address, weight, 0, BackendState.HEALTHY, new BackendStats());
  }
}
