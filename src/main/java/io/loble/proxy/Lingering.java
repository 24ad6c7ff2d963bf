package io.loble.proxy;

import io.loble.net.DeadlineWheel;
import io.loble.net.Stream;

/**
 * The last stage of a connection one side of which was reset: the other side gets the bytes that
 * were relayed to it before, and then a reset too.
 *
 * <p>Where the kernel tells, the reset follows as soon as the other end's kernel has acknowledged
 * the last byte. Where it does not, it follows after a fixed time, which is longer for a side that
 * was slow to read.
 */
final class Lingering extends Stage {

  /** How long the last bytes may take to be written when {@code timeouts.half_closed} is off. */
  private static final long FLUSH_MILLIS = 60_000;

  /** How soon the kernel is asked again at first; each pause is twice the one before. */
  private static final long FIRST_PAUSE_MILLIS = 1;

  /** How long bytes get to leave a kernel that does not tell. */
  private static final long BLIND_MILLIS = 300;

  /** The same for a side whose buffers were full. */
  private static final long SLOW_READER_MILLIS = 5_000;

  private final Exchange session;
  private final LoopEnvironment loop;
  private final Stream side;
  private final Ending how;
  private final long blindMillis;
  private long end;
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  private boolean over;

  /**
   * @param side the one that is left
   * @param how the connection ended
   */
  Lingering(Exchange session, LoopEnvironment loop, Stream side, Ending how) {
    this.session = session;
    this.loop = loop;
    this.side = side;
    this.how = how;
    this.blindMillis = side.hasPendingWrites() ? SLOW_READER_MILLIS : BLIND_MILLIS;
    long flushMillis = loop.timeouts().halfClosed().toMillis();
    this.end = loop.after(flushMillis == 0 ? FLUSH_MILLIS : flushMillis);
  }

  @Override
  void begin() {
    session.reschedule();
    side.awaitFlush();
  }

  @Override
  void flushed(Stream to) {
    if (to != side) {
      return;
    }
    if (side.tellsOfUnsentBytes()) {
      look();
    } else {
      end = Math.min(end, loop.after(blindMillis));
    }
    if (!over) {
      session.reschedule();
    }
  }

  private void look() {
    if (over) {
      return;
    }
    if (!side.hasUnsentBytes()) {
      session.resetBoth(how);
      return;
    }
    loop.executeAfter(pauseMillis, this::look);
    pauseMillis = Math.min(2 * pauseMillis, DeadlineWheel.TICK_MILLIS);
  }

  @Override
  void leave() {
    over = true;
  }

  @Override
  void cannotWrite(Stream to) {
    failed(to);
  }

  @Override
  void failed(Stream gone) {
    if (gone == side) {
      session.close(how);
    }
  }

  /** The tick at which it ends, whatever the side has got by then. */
  @Override
  long due() {
    return Math.min(end, session.lifetime().cutAt());
  }

  @Override
  void expired() {
    long now = loop.now();
    if (now >= session.lifetime().cutAt()) {
      session.resetBoth(Ending.DRAIN_CUT);
    } else if (now >= end) {
      session.resetBoth(how);
    } else {
      session.reschedule();
    }
  }

  @Override
  void abort() {
    session.resetBoth(how);
  }

  @Override
  LiveConnection.State state() {
    return LiveConnection.State.CLOSING;
  }
}
