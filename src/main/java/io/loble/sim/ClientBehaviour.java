package io.loble.sim;

/** What one simulated client does with its connection. Called on the connection's event loop. */
interface ClientBehaviour {

  /** The connection is there. */
  void connected(ClientSession session);

  /** A right answer has arrived. */
  default void answered(ClientSession session) {}

  /** What it means when the other side closes in good order while no answer is due. */
  default Outcome closedByPeer() {
    return Outcome.CLOSED;
  }
}
