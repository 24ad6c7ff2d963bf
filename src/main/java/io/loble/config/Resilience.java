package io.loble.config;

import java.time.Duration;

/**
 * What a pool does about backends that are slow, failing or back, beside probing them.
 *
 * @param slowStart how long a backend that comes, or comes back, takes to grow to its weight; zero
 *     for no time
 * @param panicThreshold below this share of the pool's weight in rotation all its backends are
 *     used, 0 to 1; 0 for never
 */
public record Resilience(
    Duration slowStart, double panicThreshold, Ejection ejection, Circuit circuit) {

  /** Nothing. */
  public static final Resilience OFF = new Resilience(Duration.ZERO, 0, Ejection.OFF, Circuit.OFF);
}
