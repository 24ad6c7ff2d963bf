package io.loble.net;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The pauses of all paced reads of one event loop, in one {@link DeadlineWheel}: however many wait,
 * there is one timer, and none while nothing waits. Used on that event loop only.
 */
public final class ReadPauses {

  /** What pauses. */
  abstract static class Pause extends DeadlineWheel.Entry {

    /** It has lasted as long as it should. */
    abstract void isOver();
  }

  /** Finer than a {@linkplain Pacer portion}, so that what a late end costs is made up for. */
  static final long TICK_MILLIS = 5;

  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);

  private final EventExecutor loop;
  private final DeadlineWheel<Pause> wheel = new DeadlineWheel<>(Pause::isOver);
  private final long originNanos = System.nanoTime();
  private boolean ticking;

  public ReadPauses(EventExecutor loop) {
    this.loop = loop;
  }

  /** Calls {@link Pause#isOver} when that time has passed. */
  void begin(Pause pause, long nanos) {
    long due = (System.nanoTime() - originNanos + nanos + TICK_NANOS - 1) / TICK_NANOS;
    if (wheel.size() == 0 && !ticking) {
      wheel.advanceTo(currentTick());
    }
    wheel.schedule(pause, due);
    startTimer();
  }

  /** Ends a pause without a call. */
  void forget(Pause pause) {
    wheel.remove(pause);
  }

  private void startTimer() {
    if (!ticking) {
      ticking = true;
      loop.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void tick() {
    try {
      wheel.advanceTo(currentTick());
    } finally {
      ticking = false;
      if (wheel.size() > 0) {
        startTimer();
      }
    }
  }

  private long currentTick() {
    return (System.nanoTime() - originNanos) / TICK_NANOS;
  }
}
