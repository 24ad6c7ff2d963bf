package io.loble.proxy;

import io.loble.net.Stream;
import io.loble.net.StreamOwner;

/** Owns a stream that relays nothing: what only happens while it does makes no difference. */
abstract class UnjoinedOwner implements StreamOwner {

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
  public void flushed(Stream to) {}
}
