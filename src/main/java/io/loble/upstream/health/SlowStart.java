package io.loble.upstream.health;

import java.time.Duration;
import java.util.function.Consumer;

/** The growth of one backend's share after it has come, or come back. Used on one context. */
final class SlowStart {

  private final Clock clock;
  private final Alarm next;
  private final Consumer<Runnable> step;
  private WarmUp warmUp = WarmUp.OVER;

  /**
   * @param step makes a step, which changes the share and perhaps whether it still grows
   */
  SlowStart(Clock clock, Consumer<Runnable> step) {
    this.clock = clock;
    this.next = new Alarm(clock);
    this.step = step;
  }

  /** Begins anew. */
  void begin(Duration time) {
    warmUp = WarmUp.begin(clock.nanos(), time);
    schedule();
  }

  /** The share is whole from now on. */
  void end() {
    warmUp = WarmUp.OVER;
    next.cancel();
  }

  boolean isOn() {
    return warmUp.isOn();
  }

  /** The part of its weight that the backend has, 0.1 to 1. */
  double share() {
    return warmUp.share(clock.nanos());
  }

  private void schedule() {
    if (warmUp.isOn()) {
      next.set(warmUp.stepMillis(clock.nanos()), () -> step.accept(this::grow));
    } else {
      next.cancel();
    }
  }

  private void grow() {
    warmUp = warmUp.at(clock.nanos());
    schedule();
  }
}
