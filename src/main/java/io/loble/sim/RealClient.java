package io.loble.sim;

import java.util.SplittableRandom;

/** One to nine requests, each after the answer to the one before and a moment of thought. */
final class RealClient implements ClientBehaviour {

  private static final int MAX_ROUNDS = 9;
  private static final int MAX_THINKING_MILLIS = 100;

  private final SplittableRandom random;
  private final int rounds;
  private int round;

  RealClient(SplittableRandom random) {
    this.random = random;
    this.rounds = random.nextInt(1, MAX_ROUNDS + 1);
  }

  @Override
  public void connected(ClientSession session) {
    request(session);
  }

  @Override
  public void answered(ClientSession session) {
    if (round == rounds) {
      session.finish();
    } else {
      session.after(random.nextInt(1, MAX_THINKING_MILLIS + 1), () -> request(session));
    }
  }

  private void request(ClientSession session) {
    round++;
    session.ask("REQ " + round + "/" + rounds + "\n", "ACK\n");
  }
}
