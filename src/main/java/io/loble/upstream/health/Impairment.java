package io.loble.upstream.health;

import io.loble.model.BackendMode;
import io.loble.model.BackendState;

/**
 * Everything that keeps connections from a backend, beside what is wanted of it.
 *
 * @param health as its probes and its failures have it: {@code HEALTHY}, {@code DRAINING} or {@code
 *     UNHEALTHY}
 * @param ejected whether it was taken out for how it does with clients
 * @param circuit whether connections are let through
 * @param warming whether its share still grows
 */
public record Impairment(
    BackendState health, boolean ejected, CircuitBreaker.State circuit, boolean warming) {

  /** Of a backend of which nothing is known. */
  public static final Impairment NONE =
      new Impairment(BackendHealth.INITIAL.state(), false, CircuitBreaker.State.CLOSED, false);

  /**
   * The state that results. Where several things keep it out, the first of these counts: what is
   * wanted of it, its health, its ejection, its circuit.
   */
  public BackendState stateIn(BackendMode mode) {
    return switch (mode) {
      case READY -> state();
      case DRAIN, LEAVING ->
          health == BackendState.UNHEALTHY ? BackendState.UNHEALTHY : BackendState.DRAINING;
      case MAINTENANCE -> BackendState.MAINTENANCE;
    };
  }

  private BackendState state() {
    if (!health.inRotation()) {
      return health;
    }
    if (ejected) {
      return BackendState.EJECTED;
    }
    return switch (circuit) {
      case OPEN -> BackendState.CIRCUIT_OPEN;
      case HALF_OPEN -> BackendState.HALF_OPEN;
      case CLOSED -> warming ? BackendState.WARMING : BackendState.HEALTHY;
    };
  }
}
