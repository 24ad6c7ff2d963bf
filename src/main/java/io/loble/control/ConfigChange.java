package io.loble.control;

import io.loble.config.LobleConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that is to be taken over while the process runs.
 *
 * @param config the whole of it
 * @param drain how long connections of what is removed may last; {@code timeouts.drain} when null
 * @param closing what is to lose its connections besides; null for nothing
 */
public record ConfigChange(
    LobleConfig config, @Nullable Duration drain, @Nullable TimedDrain closing) {

  /**
   * A backend whose connections are to be closed after some time.
   *
   * @param timeout null for never, whatever was ordered before
   */
  public record TimedDrain(String pool, String backend, @Nullable Duration timeout) {}

  /** The same for a configuration. */
  ConfigChange of(LobleConfig other) {
    return new ConfigChange(other, drain, closing);
  }
}
