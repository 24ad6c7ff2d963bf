package io.loble.upstream;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What health is told to do with a backend, whatever it does, as a JSON message. Replied to when it
 * is done. Stays on the node that gives it.
 */
public sealed interface EjectionOrder {

  /** Event-bus address that health listens on. */
  String ADDRESS = "loble.ejection";

  String pool();

  String backend();

  /**
   * Take it out of rotation.
   *
   * @param time how long, before a connection is tried; null for as long as it would be ejected for
   *     what it does
   */
  record Eject(String pool, String backend, @Nullable Duration time) implements EjectionOrder {}

  /** Let it back in, if it is ejected. */
  record Readmit(String pool, String backend) implements EjectionOrder {}

  /** The message. */
  default JsonObject toJson() {
    JsonObject json = new JsonObject().put("pool", pool()).put("backend", backend());
    if (this instanceof Eject eject) {
      return json.put("order", "eject")
          .put("ms", eject.time() == null ? null : eject.time().toMillis());
    }
    return json.put("order", "readmit");
  }

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException when it is none of ours
   */
  static EjectionOrder fromJson(JsonObject json) {
    String pool = json.getString("pool", "");
    String backend = json.getString("backend", "");
    String order = json.getString("order", "");
    return switch (order) {
      case "eject" -> {
        Long millis = json.getLong("ms");
        yield new Eject(pool, backend, millis == null ? null : Duration.ofMillis(millis));
      }
      case "readmit" -> new Readmit(pool, backend);
      default -> throw new IllegalArgumentException("no order is called " + order);
    };
  }
}
