package io.loble.proxy;

/**
 * The last stage of a connection one side of which was reset: the other side gets the bytes that
 * were relayed to it before, and then a reset too.
 *
 * <p>Where the kernel tells, the reset follows as soon as the other end's kernel has acknowledged
 * the last byte. Where it does not, it follows after a fixed time, which is longer for a side that
 * was slow to read.
 */
final class Lingering {

  /** How long the last bytes may take to be written when {@code timeouts.half_closed} is off. */
  private static final long FLUSH_MILLIS = 60_000;

  /** How soon the kernel is asked again at first; each pause is twice the one before. */
  private static final long FIRST_PAUSE_MILLIS = 1;

  /** How long bytes get to leave a kernel that does not tell. */
  private static final long BLIND_MILLIS = 300;

  /** The same for a side whose buffers were full. */
  private static final long SLOW_READER_MILLIS = 5_000;

  private final Worker worker;
  private final Pump side;
  private final Runnable taken;
  private final long blindMillis;
  private long end;
  private long pauseMillis = FIRST_PAUSE_MILLIS;

  /**
   * @param side the one that is left
   * @param taken called, perhaps more than once, when it has all that was relayed to it; not before
   *     {@link #start}
   */
  Lingering(Worker worker, Pump side, Runnable taken) {
    this.worker = worker;
    this.side = side;
    this.taken = taken;
    this.blindMillis = side.hasPendingWrites() ? SLOW_READER_MILLIS : BLIND_MILLIS;
    long flushMillis = worker.timeouts().halfClosed().toMillis();
    this.end = worker.wheel().after(flushMillis == 0 ? FLUSH_MILLIS : flushMillis);
  }

  Pump side() {
    return side;
  }

  /** The tick at which it ends, whatever the side has got by then. */
  long end() {
    return end;
  }

  /** Begins to wait; {@link Session#flushed} is to call {@link #flushed}. */
  void start() {
    side.awaitFlush();
  }

  /** Everything that was relayed to the side is in its kernel's hands. */
  void flushed() {
    if (side.tellsOfUnsentBytes()) {
      look();
    } else {
      end = Math.min(end, worker.wheel().after(blindMillis));
    }
  }

  private void look() {
    if (!side.hasUnsentBytes()) {
      taken.run();
      return;
    }
    worker.after(pauseMillis, this::look);
    pauseMillis = Math.min(2 * pauseMillis, DeadlineWheel.TICK_MILLIS);
  }
}
