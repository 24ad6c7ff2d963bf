package io.loble.upstream.health;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * What a proxy tells health about a backend, as a JSON message.
 *
 * @param address where the connection went, which a backend of that name may have left since
 * @param trial whether the connection was one that a backend out of rotation got on trial
 * @param detail for the log; may be empty
 */
public record Outcome(
    String pool, String backend, String address, Kind kind, boolean trial, String detail) {

  /** Event-bus address that health listens on. */
  public static final String ADDRESS = "loble.outcome";

  /** What happened. */
  public enum Kind {
    /** The connect failed, or the backend reset before it had sent a byte. */
    FAILURE,
    /** The backend sent a byte, or the connection ended cleanly without one. */
    SUCCESS,
    /** The same, but the backend ended it soon and without a byte, before its client did. */
    EARLY_CLOSE,
    /** The backend's last connection ended. */
    IDLE
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("pool", pool)
        .put("backend", backend)
        .put("address", address)
        .put("outcome", kind.name().toLowerCase(Locale.ROOT))
        .put("trial", trial)
        .put("detail", detail);
  }

  /** Reads a message. */
  static Outcome fromJson(JsonObject json) {
    return new Outcome(
        json.getString("pool", ""),
        json.getString("backend", ""),
        json.getString("address", ""),
        Kind.valueOf(json.getString("outcome", "").toUpperCase(Locale.ROOT)),
        json.getBoolean("trial", false),
        json.getString("detail", ""));
  }
}
