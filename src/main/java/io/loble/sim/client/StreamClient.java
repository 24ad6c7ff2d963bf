package io.loble.sim.client;

import java.util.SplittableRandom;

/** A line every 200 ms; done when the last is answered. */
final class StreamClient implements ClientBehaviour {

  static final int GAP_MILLIS = 200;

  private static final int MIN_LINES = 5;
  private static final int MAX_LINES = 50;

  private final int id;
  private final int lines;
  private int sent;
  private int answered;

  StreamClient(SplittableRandom random) {
    this.id = random.nextInt(Integer.MAX_VALUE);
    this.lines = random.nextInt(MIN_LINES, MAX_LINES + 1);
  }

  @Override
  public String choices() {
    return "id " + id + ", lines " + lines;
  }

  @Override
  public void connected(ClientActions session) {
    sendNext(session);
  }

  @Override
  public void answered(ClientActions session) {
    answered++;
    if (answered == lines) {
      session.finish();
    }
  }

  private void sendNext(ClientActions session) {
    sent++;
    session.ask("STREAM " + id + " " + sent + "\n", "STREAM_ACK\n");
    if (sent < lines) {
      session.onGridAfter(GAP_MILLIS, () -> sendNext(session));
    }
  }
}
