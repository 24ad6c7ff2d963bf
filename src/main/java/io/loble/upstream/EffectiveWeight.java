package io.loble.upstream;

import io.loble.model.BackendState;

/**
 * How much of the new connections a backend is to get, between its health and the snapshot. Pure:
 * what it depends on enters through parameters.
 */
final class EffectiveWeight {

  private EffectiveWeight() {}

  /**
   * The weight that the balancer is to use.
   *
   * @param configured 0 to 256
   * @param state as the backend's mode and its health have it
   * @return 0 to {@code configured}; with 0 it gets no new connections
   */
  static double of(int configured, BackendState state) {
    return state.inRotation() ? configured : 0;
  }
}
