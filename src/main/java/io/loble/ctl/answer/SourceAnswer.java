package io.loble.ctl.answer;

import io.vertx.core.json.JsonObject;

/**
 * What a pool finds backends by, as a balancer shows it.
 *
 * @param kind such as {@code dns}
 * @param of what is looked up there
 * @param state what its last answer was
 * @param detail why there is no good answer; empty where there is one
 * @param backends how many backends of its last good answer are in use
 * @param since when it came to that state, as ISO 8601 has it
 * @param answeredAt when its last good answer came; empty for never
 */
public record SourceAnswer(
    String kind,
    String of,
    String state,
    String detail,
    long backends,
    String since,
    String answeredAt) {

  /** What the source of a backend is called that the configuration names. */
  static final String CONFIGURATION = "configuration";

  static SourceAnswer of(JsonObject json) {
    return new SourceAnswer(
        json.getString("source", ""),
        json.getString("of", ""),
        json.getString("state", ""),
        text(json, "detail"),
        json.getLong("backends", 0L),
        text(json, "since"),
        text(json, "answered_at"));
  }

  private static String text(JsonObject json, String key) {
    String text = json.getString(key);
    return text == null ? "" : text;
  }

  /** Whether it names backends now. */
  public boolean isOk() {
    return state.equals("ok");
  }

  /** The state in words. */
  public String stateInWords() {
    return state.replace('_', ' ');
  }
}
