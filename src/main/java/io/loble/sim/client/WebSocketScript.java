package io.loble.sim.client;

import java.util.Arrays;
import java.util.SplittableRandom;

/** One to nine messages on a WebSocket, text or binary. */
final class WebSocketScript implements Script {

  private static final int MAX_ROUNDS = 9;
  private static final int MAX_THINKING_MILLIS = 100;
  private static final int MAX_MESSAGE = 8 * 1024;

  private final RandomBytes noise;
  private final int[] lengths;
  private final boolean[] binary;
  private final int[] thinkingMillis;

  WebSocketScript(SplittableRandom random) {
    int rounds = random.nextInt(1, MAX_ROUNDS + 1);
    this.noise = new RandomBytes(random.nextLong());
    this.lengths = random.ints(rounds, 0, MAX_MESSAGE + 1).toArray();
    this.binary = new boolean[rounds];
    for (int i = 0; i < rounds; i++) {
      binary[i] = random.nextBoolean();
    }
    this.thinkingMillis = random.ints(rounds - 1, 1, MAX_THINKING_MILLIS + 1).toArray();
  }

  boolean isBinary(int number) {
    return binary[number];
  }

  /** The message of that number; that of a text is made of hexadecimal digits. */
  Answer message(int number) {
    return binary[number]
        ? new Answer.Bulk(noise, lengths[number])
        : new Answer.Text(digits(lengths[number]));
  }

  private String digits(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(Character.forDigit(noise.at(i) & 0xf, 16));
    }
    return text.toString();
  }

  @Override
  public String choices() {
    return "messages "
        + Arrays.toString(lengths)
        + ", binary "
        + Arrays.toString(binary)
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
