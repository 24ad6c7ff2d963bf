package io.loble.ctl.client;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Until when an answer has to be there.
 *
 * @param end by the clock that only goes forward, in nanoseconds
 */
public record Deadline(long end) {

  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /**
   * What is left, in milliseconds, and never 0, which sockets take for "no bound".
   *
   * @throws SocketTimeoutException when nothing is left
   */
  int leftMillis() throws SocketTimeoutException {
    long left = end - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) Math.min(Integer.MAX_VALUE, 1 + TimeUnit.NANOSECONDS.toMillis(left));
  }
}
