package io.loble.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of the table in docs/behaviour.md. */
class ConditionTest {

  @ParameterizedTest
  @CsvSource({
    "READY, HEALTHY, 1, true, available, healthy, healthy",
    "READY, HEALTHY, 1, false, full, healthy, healthy",
    "READY, HEALTHY, 0, true, no_weight, healthy, healthy",
    "READY, HEALTHY, 0, false, no_weight, healthy, healthy",
    "READY, DRAINING, 1, true, unhealthy, draining, draining",
    "READY, UNHEALTHY, 1, true, unhealthy, unhealthy, unhealthy",
    "READY, UNHEALTHY, 0, true, unhealthy, unhealthy, unhealthy",
    "DRAIN, DRAINING, 1, true, draining, draining (drain), drain",
    "DRAIN, UNHEALTHY, 1, true, draining, unhealthy (drain), drain",
    "MAINTENANCE, MAINTENANCE, 1, true, maintenance, maintenance, maintenance",
    "LEAVING, DRAINING, 1, true, leaving, draining (leaving), leaving",
    "LEAVING, UNHEALTHY, 1, false, leaving, unhealthy (leaving), leaving"
  })
  void isNamedTheSameEverywhere(
      BackendMode mode,
      BackendState state,
      int weight,
      boolean hasRoom,
      String label,
      String stateAndMode,
      String modeOrState) {
    assertThat(Condition.of(mode, state, weight, hasRoom).label()).isEqualTo(label);
    assertThat(Condition.stateAndMode(state.label(), mode.label())).isEqualTo(stateAndMode);
    assertThat(Condition.modeOrState(state.label(), mode.label())).isEqualTo(modeOrState);
  }

  @Test
  void labelsOfALaterVersionAreShownAsTheyAre() {
    assertThat(Condition.stateAndMode("ejected", "ready")).isEqualTo("ejected");
    assertThat(Condition.modeOrState("ejected", "ready")).isEqualTo("ejected");
  }
}
