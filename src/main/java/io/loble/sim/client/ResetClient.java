package io.loble.sim.client;

import java.util.SplittableRandom;

/**
 * One to five verified rounds, then a last request or half of one, and a reset without waiting for
 * its answer.
 */
final class ResetClient implements ClientBehaviour {

  private static final int MAX_ROUNDS = 5;

  private final int id;
  private final int rounds;
  private final boolean inMidLine;
  private int round;

  ResetClient(SplittableRandom random) {
    this.id = random.nextInt(Integer.MAX_VALUE);
    this.rounds = random.nextInt(1, MAX_ROUNDS + 1);
    this.inMidLine = random.nextBoolean();
  }

  @Override
  public String choices() {
    return "id " + id + ", rounds " + rounds + (inMidLine ? ", resets in mid-line" : "");
  }

  @Override
  public void connected(ClientActions session) {
    request(session);
  }

  @Override
  public void answered(ClientActions session) {
    if (round < rounds) {
      session.thenNow();
      request(session);
    } else {
      session.send(inMidLine ? "PIN" : "PING " + id + "\n");
      session.finishWithReset();
    }
  }

  private void request(ClientActions session) {
    round++;
    session.ask("PING " + id + "-" + round + "\n", "PONG " + id + "-" + round + "\n");
  }
}
