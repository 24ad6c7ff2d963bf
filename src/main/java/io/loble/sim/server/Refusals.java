package io.loble.sim.server;

import io.loble.config.ConfigException;
import java.util.stream.Collectors;

/** Says why settings were refused. */
final class Refusals {

  private Refusals() {}

  /** All that is wrong in one line, without the source, which the caller knows. */
  static String reasons(ConfigException cause) {
    return cause.errors().stream()
        .map(error -> error.key() + ": " + error.reason())
        .collect(Collectors.joining("; "));
  }
}
