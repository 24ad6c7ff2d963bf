package io.loble.http;

import io.loble.net.Stream;
import io.loble.proxy.UnjoinedOwner;

/** Owns a stream of which the handlers that have it tell everything. */
final class UnwatchedOwner extends UnjoinedOwner {

  @Override
  public void cannotWrite(Stream to) {}

  @Override
  public void failed(Stream side) {}

  @Override
  public void abort() {}
}
