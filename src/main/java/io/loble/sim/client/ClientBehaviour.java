package io.loble.sim.client;

/** What one simulated client does with its connections. Called on the client's event loop. */
interface ClientBehaviour extends Script {

  /** A connection is there. */
  void connected(ClientActions session);

  /** A right answer has arrived. */
  default void answered(ClientActions session) {}

  /** Some of what was written is gone, so that there is room for more. */
  default void writable(ClientActions session) {}

  /** What it means when the other side ends its output in good order while no answer is due. */
  default Outcome closedByPeer() {
    return Outcome.CLOSED;
  }
}
