package io.loble.ctl.answer;

import io.vertx.core.json.JsonObject;
import java.util.OptionalLong;

/**
 * One thing that a command changes, as a balancer shows it.
 *
 * @param count how many connections it concerns; empty when that is not known before
 */
public record StepAnswer(String text, String connections, OptionalLong count) {

  private static final String NONE = "none";

  public static StepAnswer of(JsonObject json) {
    Long count = json.getLong("count");
    return new StepAnswer(
        json.getString("text", ""),
        json.getString("connections", NONE),
        count == null ? OptionalLong.empty() : OptionalLong.of(count));
  }

  /** What happens to connections. */
  public String effect() {
    if (connections.equals(NONE)) {
      return NONE;
    }
    return (count.isPresent() ? count.getAsLong() : "those over it") + " " + connections;
  }
}
