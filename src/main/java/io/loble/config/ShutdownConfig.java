package io.loble.config;

import java.time.Duration;

/**
 * How the process stops.
 *
 * @param delay how long its listeners still accept clients, while {@code /readyz} already says that
 *     it is about to go; then {@link Timeouts#drain} begins
 */
public record ShutdownConfig(Duration delay) {

  /** The listeners close at once. */
  public static final ShutdownConfig IMMEDIATE = new ShutdownConfig(Duration.ZERO);
}
