package io.loble.model;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * "Any free port, but the same one for all of us", as several instances of a verticle need it.
 * Vert.x gives one free port to all servers that ask for the same negative number; the numbers come
 * from here, so that nothing else in the process asks for the same.
 */
public final class SharedFreePort {

  private static final AtomicInteger LAST = new AtomicInteger();

  private SharedFreePort() {}

  /** A number that was not given out before, for all who are to share a port. */
  public static int next() {
    return -LAST.incrementAndGet();
  }
}
