package io.loble.control;

import io.loble.config.diff.ConfigStep;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A step of a change, with what it does to connections that are open.
 *
 * @param count how many connections that concerns; null when that is unknown
 */
record Step(ConfigStep change, Effect effect, @Nullable Long count) {

  /** What happens to connections. */
  enum Effect {
    NONE,
    /** They may finish, and what is left after a time is closed. */
    DRAINED,
    /** They are closed at once. */
    CUT;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Step harmless(ConfigStep change) {
    return new Step(change, Effect.NONE, 0L);
  }

  JsonObject toJson() {
    return describe(change)
        .put("connections", effect.label())
        .put("count", count)
        .put("text", change.text());
  }

  /** A step without its effect on connections. */
  static JsonObject toJson(ConfigStep change) {
    return describe(change).put("text", change.text());
  }

  private static JsonObject describe(ConfigStep change) {
    JsonObject json =
        new JsonObject().put("action", change.action().label()).put("kind", change.kind().label());
    putIfPresent(json, "pool", change.pool());
    putIfPresent(json, "name", change.name());
    putIfPresent(json, "key", change.key());
    putIfPresent(json, "before", change.before());
    putIfPresent(json, "after", change.after());
    return json;
  }

  private static void putIfPresent(JsonObject json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
