package io.loble.proxy;

import java.util.concurrent.atomic.AtomicInteger;

/** The connections of a listener that count against its bound. May be used from any thread. */
final class Places {

  private final AtomicInteger taken = new AtomicInteger();

  /**
   * Takes one, unless so many are taken. A caller that got true calls {@link #release} once.
   *
   * @param most 1 or more
   */
  boolean tryAcquire(int most) {
    int now = taken.get();
    while (now < most) {
      int found = taken.compareAndExchange(now, now + 1);
      if (found == now) {
        return true;
      }
      now = found;
    }
    return false;
  }

  void release() {
    taken.decrementAndGet();
  }

  int taken() {
    return taken.get();
  }
}
