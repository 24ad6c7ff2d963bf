package io.loble.balancer;

import io.loble.model.Backend;

/** How loaded a backend is, for a choice that takes the least loaded. */
@FunctionalInterface
interface LoadSignal {

  /** Connections being established or established, for its weight. */
  LoadSignal ACTIVE_PER_WEIGHT =
      (backend, client) -> backend.stats().admission().active() / backend.effectiveWeight();

  /**
   * The load for this client now; lower is better, finite. Called for each backend at each choice.
   */
  double of(Backend backend, ClientKey client);
}
