package io.loble.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import io.loble.upstream.health.CircuitBreaker.State;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What several things that keep connections from a backend come to. */
class ImpairmentTest {

  @ParameterizedTest
  @CsvSource({
    "READY, HEALTHY, false, CLOSED, false, HEALTHY",
    "READY, HEALTHY, false, CLOSED, true, WARMING",
    "READY, HEALTHY, false, OPEN, false, CIRCUIT_OPEN",
    "READY, HEALTHY, false, HALF_OPEN, false, HALF_OPEN",
    "READY, HEALTHY, true, OPEN, false, EJECTED",
    "READY, HEALTHY, true, CLOSED, false, EJECTED",
    "READY, UNHEALTHY, true, OPEN, false, UNHEALTHY",
    "READY, DRAINING, true, OPEN, false, DRAINING",
    "DRAIN, HEALTHY, true, OPEN, false, DRAINING",
    "DRAIN, UNHEALTHY, false, CLOSED, false, UNHEALTHY",
    "LEAVING, HEALTHY, false, CLOSED, true, DRAINING",
    "MAINTENANCE, HEALTHY, false, CLOSED, false, MAINTENANCE",
  })
  void theFirstOfThemCounts(
      BackendMode mode,
      BackendState health,
      boolean ejected,
      State circuit,
      boolean warming,
      BackendState expected) {
    assertThat(new Impairment(health, ejected, circuit, warming).stateIn(mode)).isEqualTo(expected);
  }

  @Property
  void isInRotationOnlyWithoutAny(
      @ForAll BackendMode mode, @ForAll boolean ejected, @ForAll State circuit) {
    boolean in =
        new Impairment(BackendState.HEALTHY, ejected, circuit, false).stateIn(mode).inRotation();
    assertThat(in).isEqualTo(mode == BackendMode.READY && !ejected && circuit == State.CLOSED);
  }
}
