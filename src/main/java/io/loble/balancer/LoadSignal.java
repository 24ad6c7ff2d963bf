package io.loble.balancer;

import io.loble.model.Backend;

/** How loaded a backend is, for a choice that takes the less loaded. */
@FunctionalInterface
interface LoadSignal {

  /** Connections being established or established, for its weight. */
  LoadSignal ACTIVE_PER_WEIGHT =
      (backend, now) -> backend.stats().admission().active() / backend.effectiveWeight();

  /**
   * The load now; lower is better, finite, 0 or more.
   *
   * @param nowNanos as {@link System#nanoTime} has it
   */
  double of(Backend backend, long nowNanos);
}
