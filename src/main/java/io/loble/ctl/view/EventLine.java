package io.loble.ctl.view;

import static java.util.stream.Collectors.joining;

import io.loble.ctl.answer.Items;
import io.loble.ctl.answer.StepAnswer;
import io.loble.ctl.client.Refusal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event in a line: time, type, author and content. */
public final class EventLine {

  /** So many backends are named of those that joined, and of those that left. */
  private static final int MOST_NAMES = 5;

  private EventLine() {}

  public static String of(JsonObject event) {
    return "%s  %s  %s  %s"
        .formatted(word(event, "at"), word(event, "type"), word(event, "who"), what(event));
  }

  /** What happened, in as few words as there are for it. */
  public static String brief(JsonObject event) {
    List<StepAnswer> steps = Items.of(event, "steps", StepAnswer::of);
    return steps.isEmpty() ? what(event) : texts(steps);
  }

  /** What happened, without time and author. */
  static String what(JsonObject event) {
    return switch (word(event, "type")) {
      case "backend.state" -> backend(event) + ": " + transition(event);
      case "clients.refused" -> word(event, "what") + ": " + word(event, "detail");
      case "discovery.state" -> word(event, "what") + ": " + transition(event);
      case "discovery.changed" -> word(event, "what") + ": " + membership(event);
      case "backend.gone" -> backend(event) + " has lost its last connection";
      default -> word(event, "what") + result(event);
    };
  }

  /** How many backends there are, and who has come and gone. */
  private static String membership(JsonObject event) {
    return "%s backends, %s before%s%s"
        .formatted(
            word(event, "after"),
            word(event, "before"),
            names("; joined: ", event, "joined"),
            names("; left: ", event, "left"));
  }

  /** The first of those names; nothing where there is none. */
  private static String names(String title, JsonObject event, String key) {
    List<Object> names =
        event.getJsonArray(key + "_names", new JsonArray()).stream().limit(MOST_NAMES).toList();
    long others = event.getLong(key, 0L) - names.size();
    if (names.isEmpty()) {
      return "";
    }
    return title
        + names.stream().map(String::valueOf).collect(joining(", "))
        + (others > 0 ? " and " + others + " more" : "");
  }

  private static String transition(JsonObject event) {
    return word(event, "from") + " -> " + word(event, "to") + detail(word(event, "detail"));
  }

  /** Why a file was refused, what a command did, or else what was and is. */
  private static String result(JsonObject event) {
    JsonArray errors = event.getJsonArray("errors", new JsonArray());
    if (!errors.isEmpty()) {
      return ": " + Refusal.errors(errors).replace("\n", "; ");
    }
    List<StepAnswer> steps = Items.of(event, "steps", StepAnswer::of);
    String version =
        event.containsKey("version") ? " (version " + event.getValue("version") + ")" : "";
    return steps.isEmpty() ? change(event) + version : ": " + texts(steps) + version;
  }

  private static String texts(List<StepAnswer> steps) {
    return steps.stream().map(StepAnswer::text).collect(joining("; "));
  }

  private static String change(JsonObject event) {
    String before = word(event, "before");
    String after = word(event, "after");
    return before.isEmpty() && after.isEmpty() ? "" : ": " + before + " -> " + after;
  }

  private static String backend(JsonObject event) {
    return "backend " + word(event, "backend") + " of pool " + word(event, "pool");
  }

  private static String detail(String detail) {
    return detail.isEmpty() ? "" : " (" + detail + ")";
  }

  private static String word(JsonObject event, String key) {
    @Nullable Object value = event.getValue(key);
    return value == null ? "" : value.toString();
  }
}
