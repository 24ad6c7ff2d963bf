package io.loble.sim.client;

import java.util.function.Consumer;

/** Decides when the clients of one event loop begin. Lives on that event loop. */
interface Arrivals {

  /** Starts clients. */
  interface Starter {

    /**
     * Starts one.
     *
     * @param ended hears how the client has ended; not called when no client may start
     */
    void start(long number, Plan plan, Consumer<Outcome> ended);
  }

  /**
   * Begins; to be called once.
   *
   * @param startNanos when the run has begun
   */
  void begin(long startNanos);

  /** From now on no client starts. */
  void stop();
}
