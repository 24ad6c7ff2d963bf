package io.loble.upstream.health;

import org.jspecify.annotations.Nullable;

/** Something that is to be done at one time, the latest that was set. Used on one context. */
public final class Alarm {

  private final Clock clock;
  private @Nullable Runnable cancel;

  public Alarm(Clock clock) {
    this.clock = clock;
  }

  /** Does that after so many milliseconds, and nothing else that was set before. */
  public void set(long millis, Runnable action) {
    cancel();
    cancel = clock.after(Math.max(1, millis), action);
  }

  public void cancel() {
    if (cancel != null) {
      cancel.run();
      cancel = null;
    }
  }
}
