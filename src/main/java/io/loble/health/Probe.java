package io.loble.health;

import io.vertx.core.Future;

/** One way to find out whether a backend works. */
interface Probe {

  /**
   * Probes once. The future fails when the backend does not answer as it should, or not in time;
   * the failure's message says which. By then the probe's connection is closed or closing.
   */
  Future<Void> run();
}
