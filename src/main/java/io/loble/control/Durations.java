package io.loble.control;

import io.loble.model.Histogram;
import io.vertx.core.json.JsonObject;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Renders durations as JSON. */
final class Durations {

  private Durations() {}

  /** Together with how many there were, the sum at two moments gives the mean between them. */
  static JsonObject millis(Histogram durations) {
    return new JsonObject()
        .put("p50", millis(durations.quantileSeconds(0.5)))
        .put("p99", millis(durations.quantileSeconds(0.99)))
        .put("sum", millis(OptionalDouble.of(durations.sumSeconds())));
  }

  /** To the microsecond; null when there is no such time. */
  private static @Nullable Double millis(OptionalDouble seconds) {
    return seconds.isPresent() ? Math.round(seconds.getAsDouble() * 1e6) / 1e3 : null;
  }
}
