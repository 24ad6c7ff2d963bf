package io.loble.sim.client;

import java.util.Arrays;
import java.util.SplittableRandom;

/** One to nine requests on one connection, for the name of the server or for bytes sent. */
final class HttpScript implements Script {

  /** The length of a body that is not there. */
  static final int NO_BODY = -1;

  private static final int MAX_ROUNDS = 9;
  private static final int MAX_THINKING_MILLIS = 100;
  private static final int MAX_BODY = 16 * 1024;

  private final RandomBytes noise;
  private final int[] bodies;
  private final boolean[] chunked;
  private final int[] thinkingMillis;

  HttpScript(SplittableRandom random) {
    int rounds = random.nextInt(1, MAX_ROUNDS + 1);
    this.noise = new RandomBytes(random.nextLong());
    this.bodies = new int[rounds];
    this.chunked = new boolean[rounds];
    for (int i = 0; i < rounds; i++) {
      bodies[i] = random.nextBoolean() ? NO_BODY : random.nextInt(MAX_BODY + 1);
      chunked[i] = random.nextBoolean();
    }
    this.thinkingMillis = random.ints(rounds - 1, 1, MAX_THINKING_MILLIS + 1).toArray();
  }

  RandomBytes noise() {
    return noise;
  }

  /** How many bytes the request of that number sends, or {@link #NO_BODY}. */
  int body(int number) {
    return bodies[number];
  }

  /** Whether the body of that request is sent without saying how long it is. */
  boolean isChunked(int number) {
    return chunked[number];
  }

  @Override
  public String choices() {
    return "bodies "
        + Arrays.toString(bodies)
        + ", chunked "
        + Arrays.toString(chunked)
        + ", noise "
        + noise.seed()
        + ", thinks ms "
        + Arrays.toString(thinkingMillis);
  }

  /** How long it thinks between two rounds, of which there is one more. */
  int[] thinkingMillis() {
    return thinkingMillis.clone();
  }
}
