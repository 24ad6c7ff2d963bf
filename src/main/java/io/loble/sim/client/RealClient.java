package io.loble.sim.client;

import java.util.Arrays;
import java.util.SplittableRandom;

/** One to nine requests, each after the answer to the one before and a moment of thought. */
final class RealClient implements ClientBehaviour {

  private static final int MAX_ROUNDS = 9;
  private static final int MAX_THINKING_MILLIS = 100;

  private final int rounds;
  private final int[] thinkingMillis;
  private int round;

  RealClient(SplittableRandom random) {
    this.rounds = random.nextInt(1, MAX_ROUNDS + 1);
    this.thinkingMillis = random.ints(rounds - 1, 1, MAX_THINKING_MILLIS + 1).toArray();
  }

  @Override
  public String choices() {
    return "rounds " + rounds + ", thinks ms " + Arrays.toString(thinkingMillis);
  }

  @Override
  public void connected(ClientActions session) {
    request(session);
  }

  @Override
  public void answered(ClientActions session) {
    if (round == rounds) {
      session.finish();
    } else {
      session.thenAfter(thinkingMillis[round - 1], () -> request(session));
    }
  }

  private void request(ClientActions session) {
    round++;
    session.ask("REQ " + round + "/" + rounds + "\n", "ACK\n");
  }
}
