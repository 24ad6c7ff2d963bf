package io.loble.sim.client;

import java.util.SplittableRandom;

/**
 * Holds its connection for 5 to 30 seconds and says nothing. To be closed by a server that is tired
 * of it is what such a client must expect, so that counts as finished.
 */
final class IdleClient implements ClientBehaviour {

  private static final int MIN_MILLIS = 5_000;
  private static final int MAX_MILLIS = 30_000;

  private final int holdMillis;

  IdleClient(SplittableRandom random) {
    this.holdMillis = random.nextInt(MIN_MILLIS, MAX_MILLIS + 1);
  }

  @Override
  public String choices() {
    return "holds ms " + holdMillis;
  }

  @Override
  public void connected(ClientActions session) {
    session.thenAfter(holdMillis, session::finish);
  }

  @Override
  public Outcome closedByPeer() {
    return Outcome.FINISHED;
  }
}
