package io.loble.control;

import io.loble.config.LobleConfig;
import io.loble.control.ConfigChange.TimedDrain;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a command wants to change.
 *
 * @param config the configuration that there is to be
 * @param subject what of it the command is about
 * @param drain how long connections of what is removed may last; {@code timeouts.drain} when null
 * @param closing what is to lose its connections besides; null for nothing
 */
record Edit(
    LobleConfig config, Subject subject, @Nullable Duration drain, @Nullable TimedDrain closing) {

  /**
   * Works out an edit of the configuration in force, or refuses with a {@link CommandException}.
   */
  interface Maker {
    Edit of(LobleConfig current);
  }

  /**
   * A part of a configuration.
   *
   * @param what it in words
   * @param view how it stands in a configuration, as JSON has it; null where it is not there
   */
  record Subject(String what, Function<LobleConfig, @Nullable Object> view) {}

  static Edit of(LobleConfig config, Subject subject) {
    return new Edit(config, subject, null, null);
  }

  /** This edit, with a bound on how long connections of what it removes may last. */
  Edit draining(@Nullable Duration timeout) {
    return new Edit(config, subject, timeout, closing);
  }

  /** This edit, after which a backend is to lose its connections. */
  Edit closing(TimedDrain backend) {
    return new Edit(config, subject, drain, backend);
  }
}
