package io.loble.net;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections an event loop has, and how many are on their way to it from others. May be
 * asked from any thread.
 */
public final class LoopLoad {

  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger handedOn = new AtomicInteger();

  /** Sets how many are open; called on the event loop. */
  public void setOpen(int connections) {
    open.lazySet(connections);
  }

  /** How many there are, and are about to be. */
  public int get() {
    return open.get() + handedOn.get();
  }

  /** A client is on its way from another event loop. */
  public void expectClient() {
    handedOn.incrementAndGet();
  }

  /** A client that was expected has arrived, or will not. */
  public void clientArrived() {
    handedOn.decrementAndGet();
  }
}
