package io.loble.proxy;

import io.loble.config.Timeouts;
import io.loble.net.DeadlineWheel;
import org.jspecify.annotations.Nullable;

/** How long one connection may still live, in ticks of its event loop. */
final class Lifetime {

  /** How often a quiet half-closed connection is looked at. */
  private static final long LOOK_MILLIS = 500;

  /** What moved within this time may be in the middle of something. */
  private static final long LATELY_MILLIS = 1_000;

  private final LoopEnvironment loop;
  private final long start;
  private final double early;
  private long lastActivity;
  private long cutAt;

  /**
   * Begins now.
   *
   * @param cutAt the tick at which the connection ends whatever it does
   */
  Lifetime(LoopEnvironment loop, long cutAt) {
    this.loop = loop;
    this.start = now();
    this.early = loop.durationJitter();
    this.lastActivity = start;
    this.cutAt = cutAt;
  }

  /** Something moved. */
  void active() {
    lastActivity = now();
  }

  /** The tick at which something last moved. */
  long lastActivity() {
    return lastActivity;
  }

  /** The tick at which the connection began. */
  long begun() {
    return start;
  }

  /** Whether nothing has moved for that long. */
  boolean isSilentFor(long millis) {
    return now() - lastActivity >= 1 + ticks(millis);
  }

  /** For how long nothing has moved. */
  long silentMillis() {
    return (now() - lastActivity) * DeadlineWheel.TICK_MILLIS;
  }

  /** Whether something moved a moment ago, and may still be on its way through the kernel. */
  boolean movedJustNow() {
    return now() - lastActivity <= 1;
  }

  /** Whether something moved so lately that ending the connection would cut it. */
  boolean movedLately() {
    return now() - lastActivity < ticks(LATELY_MILLIS);
  }

  /** The connection ends at that tick or before, whatever it does. */
  void cutBy(long tick) {
    cutAt = Math.min(tick, cutAt);
  }

  /** Sets the tick at which the connection ends whatever it does, to a later one too. */
  void cutAt(long tick) {
    cutAt = tick;
  }

  /** The tick at which the connection ends whatever it does. */
  long cutAt() {
    return cutAt;
  }

  /** The tick at which the connection ends at the latest. */
  long latest() {
    return Math.min(cutAt, oldAt());
  }

  /** Why the connection's time is up; null when it is not. */
  @Nullable Ending over(boolean halfClosed) {
    if (now() >= cutAt) {
      return Ending.DRAIN_CUT;
    }
    if (now() >= oldAt()) {
      return Ending.MAX_DURATION;
    }
    if (now() >= silentAt(halfClosed)) {
      return halfClosed ? Ending.HALF_CLOSED_TIMEOUT : Ending.IDLE_TIMEOUT;
    }
    return null;
  }

  /**
   * The next tick at which to ask {@link #over}. A half-closed connection is looked at more often,
   * for a reset that the transport does not tell of; it mostly follows what was written.
   */
  long nextLook(boolean halfClosed) {
    long due = Math.min(latest(), silentAt(halfClosed));
    return halfClosed ? Math.min(due, now() + (movedLately() ? 1 : ticks(LOOK_MILLIS))) : due;
  }

  private long oldAt() {
    long millis = timeouts().maxDuration().toMillis();
    return after(start, millis - Math.round(millis * early));
  }

  private long silentAt(boolean halfClosed) {
    return after(
        lastActivity,
        halfClosed ? timeouts().halfClosed().toMillis() : timeouts().idle().toMillis());
  }

  private static long after(long tick, long millis) {
    return millis == 0 ? DeadlineWheel.NEVER : tick + 1 + ticks(millis);
  }

  private static long ticks(long millis) {
    return (millis + DeadlineWheel.TICK_MILLIS - 1) / DeadlineWheel.TICK_MILLIS;
  }

  private Timeouts timeouts() {
    return loop.timeouts();
  }

  private long now() {
    return loop.now();
  }
}
