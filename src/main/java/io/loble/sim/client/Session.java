package io.loble.sim.client;

/**
 * One simulated client, from its first connect to its end. It ends exactly once, whatever happens,
 * and is counted once. Lives on the event loop that starts it.
 */
interface Session {

  /** Begins; to be called once. */
  void start();

  /** Ends at once, or, when its connection or an answer is due, as soon as that is there. */
  void stop();

  /** Ends at once. */
  void cut();
}
