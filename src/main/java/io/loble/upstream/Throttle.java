package io.loble.upstream;

import io.loble.upstream.health.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Does something when it is asked to, but not again within a time: what is asked for within that is
 * done once, at its end. Used on one context.
 */
final class Throttle {

  private final Clock clock;
  private final LongSupplier millis;
  private final Runnable action;
  private boolean done;
  private long doneNanos;
  private @Nullable Runnable later;

  /**
   * @param millis that lie between two times at least, as they are when it is asked to; 0 for none
   */
  Throttle(Clock clock, LongSupplier millis, Runnable action) {
    this.clock = clock;
    this.millis = millis;
    this.action = action;
  }

  /** Does it now, or as soon as it may be done again. */
  void request() {
    if (later != null) {
      return;
    }
    long passed = TimeUnit.NANOSECONDS.toMillis(clock.nanos() - doneNanos);
    long pause = millis.getAsLong();
    if (!done || passed >= pause) {
      act();
    } else {
      later = clock.after(pause - passed, this::act);
    }
  }

  private void act() {
    later = null;
    done = true;
    doneNanos = clock.nanos();
    action.run();
  }

  /** Does nothing more. */
  void stop() {
    if (later != null) {
      later.run();
      later = null;
    }
  }
}
