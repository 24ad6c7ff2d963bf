package io.loble.upstream;

import io.loble.model.BackendMode;

/**
 * The share of new connections that the balancer is to give a backend, between its health and the
 * snapshot. Pure: what it depends on enters through parameters.
 */
final class EffectiveWeight {

  private EffectiveWeight() {}

  /**
   * The share while the backend is in rotation. Out of rotation it bounds trials only: with 0 there
   * are none.
   *
   * @param configured 0 to 256
   * @param mode what is wanted of the backend
   * @return 0 to {@code configured}; 0 for no new connections
   */
  static double of(int configured, BackendMode mode) {
    return mode == BackendMode.READY ? configured : 0;
  }
}
