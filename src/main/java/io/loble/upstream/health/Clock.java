package io.loble.upstream.health;

/** Time as the health of backends has it. Used on one context. */
public interface Clock {

  /** The time now, by {@link System#nanoTime}. */
  long nanos();

  /**
   * Does something once.
   *
   * @param millis after so long, 1 or more
   * @return what makes that not happen; does nothing once it has
   */
  Runnable after(long millis, Runnable action);
}
