package io.loble.proxy;

import io.loble.net.Stream;

/** Owns a stream of which the handlers that have it tell everything. */
final class UnwatchedOwner extends UnjoinedOwner {

  @Override
  public void cannotWrite(Stream to) {}

  @Override
  public void failed(Stream side) {}

  @Override
  public void abort() {}
}
