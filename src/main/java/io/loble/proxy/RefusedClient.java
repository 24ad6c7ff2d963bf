package io.loble.proxy;

import io.loble.net.Stream;
import io.loble.net.StreamOwner;

/** Owns the streams of clients that were refused: what becomes of them makes no difference. */
final class RefusedClient implements StreamOwner {

  private static final RefusedClient EVERY = new RefusedClient();

  private RefusedClient() {}

  /** Resets a client that was just accepted. */
  static void reset(Stream client) {
    client.belongTo(EVERY);
    client.stop();
    client.reset();
  }

  @Override
  public void active() {}

  @Override
  public void relaying(Stream from) {}

  @Override
  public void relayed(Stream from, int bytes) {}

  @Override
  public void spliced(int bytes) {}

  @Override
  public void sourceEnded(Stream from) {}

  @Override
  public void endsBehindBacklog(Stream from) {}

  @Override
  public void goneBehindBacklog(Stream from) {}

  @Override
  public void delivered(Stream from) {}

  @Override
  public void cannotWrite(Stream to) {}

  @Override
  public void failed(Stream side) {}

  @Override
  public void flushed(Stream to) {}

  @Override
  public void abort() {}
}
