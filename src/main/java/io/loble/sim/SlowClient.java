package io.loble.sim;

import java.util.SplittableRandom;

/** One {@code SLOW} line, a byte at a time. */
final class SlowClient implements ClientBehaviour {

  private static final int MAX_GAP_MILLIS = 100;

  private final SplittableRandom random;
  private final String line;
  private int sent;

  SlowClient(SplittableRandom random) {
    this.random = random;
    this.line = "SLOW " + random.nextInt(Integer.MAX_VALUE) + "\n";
  }

  @Override
  public void connected(ClientSession session) {
    sendNext(session);
  }

  @Override
  public void answered(ClientSession session) {
    session.finish();
  }

  private void sendNext(ClientSession session) {
    String next = line.substring(sent, sent + 1);
    sent++;
    if (sent == line.length()) {
      session.ask(next, "ACK\n");
    } else {
      session.send(next);
      session.after(random.nextInt(1, MAX_GAP_MILLIS + 1), () -> sendNext(session));
    }
  }
}
