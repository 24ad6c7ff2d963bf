package io.loble.proxy;

/**
 * How long one client waits until a backend has room, in all: after a connect that failed it may
 * wait again. Only those that wait have one.
 */
final class WaitClock {

  private long startNanos;
  private long nanosBefore;
  private boolean runs;

  /** A wait begins. */
  void start() {
    startNanos = System.nanoTime();
    runs = true;
  }

  /**
   * The wait is over.
   *
   * @return how many nanoseconds it took
   */
  long stop() {
    long took = System.nanoTime() - startNanos;
    nanosBefore += took;
    runs = false;
    return took;
  }

  /** So far, with the wait that is not over. */
  long nanos() {
    return runs ? nanosBefore + System.nanoTime() - startNanos : nanosBefore;
  }
}
