package io.loble.sim.client;

import java.util.SplittableRandom;

/** Ten to fifty connections, one right after the other, with one verified round on each. */
final class ReconnectStormClient implements ClientBehaviour {

  private static final int MIN_CONNECTIONS = 10;
  private static final int MAX_CONNECTIONS = 50;

  private final int id;
  private final int connections;
  private int connected;

  ReconnectStormClient(SplittableRandom random) {
    this.id = random.nextInt(Integer.MAX_VALUE);
    this.connections = random.nextInt(MIN_CONNECTIONS, MAX_CONNECTIONS + 1);
  }

  @Override
  public String choices() {
    return "id " + id + ", connections " + connections;
  }

  @Override
  public void connected(ClientActions session) {
    connected++;
    session.ask("PING " + id + "-" + connected + "\n", "PONG " + id + "-" + connected + "\n");
  }

  @Override
  public void answered(ClientActions session) {
    if (connected == connections) {
      session.finish();
    } else {
      session.thenNow();
      session.reconnect();
    }
  }
}
