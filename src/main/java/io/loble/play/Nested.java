package io.loble.play;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.loble.config.read.TableReader;
import java.util.Optional;

/** Reads settings that stand inside a scenario and have a reader of their own. */
final class Nested {

  /** What may find errors. */
  interface Reading<T> {
    T read() throws ConfigException;
  }

  private Nested() {}

  /** What is read; empty, after noting where the errors are, when there are any. */
  static <T> Optional<T> read(TableReader parent, String key, Reading<T> reading) {
    try {
      return Optional.of(reading.read());
    } catch (ConfigException e) {
      for (ConfigError error : e.errors()) {
        parent.error(error.key() == null ? key : key + "." + error.key(), error.reason());
      }
      return Optional.empty();
    }
  }
}
