package io.loble.sim.client;

import java.util.SplittableRandom;

/**
 * One to nine requests at once and then the end of its output. Every answer must still come, and
 * then the end of the other side's output.
 */
final class HalfCloseClient implements ClientBehaviour {

  private static final int MAX_REQUESTS = 9;

  private final int id;
  private final int requests;
  private int answered;

  HalfCloseClient(SplittableRandom random) {
    this.id = random.nextInt(Integer.MAX_VALUE);
    this.requests = random.nextInt(1, MAX_REQUESTS + 1);
  }

  @Override
  public String choices() {
    return "id " + id + ", requests " + requests;
  }

  @Override
  public void connected(ClientActions session) {
    for (int i = 1; i <= requests; i++) {
      session.ask("PING " + id + "-" + i + "\n", "PONG " + id + "-" + i + "\n");
    }
    session.endOutput();
  }

  @Override
  public void answered(ClientActions session) {
    answered++;
    if (answered == requests) {
      session.awaitEnd();
    }
  }

  @Override
  public Outcome closedByPeer() {
    return Outcome.FINISHED;
  }
}
