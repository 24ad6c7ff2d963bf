package io.loble.upstream.health;

import static io.loble.model.BackendState.DRAINING;
import static io.loble.model.BackendState.HEALTHY;
import static io.loble.model.BackendState.UNHEALTHY;

import io.loble.config.HealthConfig;
import io.loble.model.BackendState;

/**
 * The state machine of one backend: HEALTHY to DRAINING or UNHEALTHY after {@code failureThreshold}
 * consecutive failures, DRAINING to UNHEALTHY when its last connection ends, and back to HEALTHY
 * after {@code successThreshold} consecutive successes.
 *
 * <p>A backend that recovers while it still drains returns to HEALTHY directly: were it held back
 * until its last connection ended, one long-lived connection could keep a working backend idle for
 * days.
 *
 * @param failures consecutive failures since the last success
 * @param successes consecutive successes while out of rotation
 */
public record BackendHealth(BackendState state, int failures, int successes) {

  /** Where every backend starts: in rotation, until something speaks against it. */
  public static final BackendHealth INITIAL = new BackendHealth(HEALTHY, 0, 0);

  /**
   * A probe or connection failed.
   *
   * @param active how many connections the backend has now
   */
  BackendHealth failed(HealthConfig rules, int active) {
    int count = Math.min(failures + 1, rules.failureThreshold());
    if (state == HEALTHY && count < rules.failureThreshold()) {
      return new BackendHealth(HEALTHY, count, 0);
    }
    return new BackendHealth(active > 0 ? stillDraining() : UNHEALTHY, count, 0);
  }

  /** A probe or connection succeeded. */
  BackendHealth succeeded(HealthConfig rules) {
    if (state == HEALTHY || successes + 1 >= rules.successThreshold()) {
      return INITIAL;
    }
    return new BackendHealth(state, 0, successes + 1);
  }

  /** The backend's last connection ended. */
  BackendHealth idle() {
    return state == DRAINING ? new BackendHealth(UNHEALTHY, failures, successes) : this;
  }

  /** Whether it matters to hear of successes: nothing else can change {@link #INITIAL}. */
  boolean needsWatching() {
    return !equals(INITIAL);
  }

  /** An UNHEALTHY backend may hold a trial connection; that does not make it drain again. */
  private BackendState stillDraining() {
    return state == UNHEALTHY ? UNHEALTHY : DRAINING;
  }
}
