package io.loble.config.source;

import io.loble.config.read.Place;
import io.vertx.core.json.JsonObject;

/**
 * A key of the file that has no effect, because something later wins over it.
 *
 * @param key as the file's author wrote it
 * @param by what wins: {@code -conf overrides.listener.address}, {@code environment LB_PORT}
 */
public record HiddenKey(String key, String by) {

  static HiddenKey of(Place hidden, Place by) {
    return new HiddenKey(hidden.key(), (by.source() + ' ' + by.key()).strip());
  }

  /** As the control interface shows it. */
  public JsonObject toJson() {
    return new JsonObject().put("key", key).put("by", by);
  }
}
