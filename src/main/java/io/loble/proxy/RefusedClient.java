package io.loble.proxy;

import io.loble.net.Stream;

/** Owns the streams of clients that were refused: what becomes of them makes no difference. */
final class RefusedClient extends UnjoinedOwner {

  private static final RefusedClient EVERY = new RefusedClient();

  private RefusedClient() {}

  /** Resets a client that was just accepted. */
  static void reset(Stream client) {
    client.belongTo(EVERY);
    client.stop();
    client.reset();
  }

  @Override
  public void cannotWrite(Stream to) {}

  @Override
  public void failed(Stream side) {}

  @Override
  public void abort() {}
}
