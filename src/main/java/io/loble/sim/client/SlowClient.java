package io.loble.sim.client;

import java.util.Arrays;
import java.util.SplittableRandom;

/** One {@code SLOW} line, a byte at a time. */
final class SlowClient implements ClientBehaviour {

  private static final int MAX_GAP_MILLIS = 100;

  private final String line;
  private final int[] gapsMillis;
  private int sent;

  SlowClient(SplittableRandom random) {
    this.line = "SLOW " + random.nextInt(Integer.MAX_VALUE) + "\n";
    this.gapsMillis = random.ints(line.length() - 1, 1, MAX_GAP_MILLIS + 1).toArray();
  }

  @Override
  public String choices() {
    return line.strip() + ", gaps ms " + Arrays.toString(gapsMillis);
  }

  @Override
  public void connected(ClientActions session) {
    sendNext(session);
  }

  @Override
  public void answered(ClientActions session) {
    session.finish();
  }

  private void sendNext(ClientActions session) {
    String next = line.substring(sent, sent + 1);
    sent++;
    if (sent == line.length()) {
      session.ask(next, "ACK\n");
    } else {
      session.send(next);
      session.onGridAfter(gapsMillis[sent - 1], () -> sendNext(session));
    }
  }
}
