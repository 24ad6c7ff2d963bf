package io.loble.control;

import io.loble.config.Durations;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a command was called with. Every method refuses what is of the wrong kind, by its name. */
public final class Arguments {

  /** Says which command is meant, where one message can mean any. */
  private static final String COMMAND = "command";

  private final JsonObject json;

  public Arguments(JsonObject json) {
    this.json = json;
  }

  /** Refuses all but these. */
  public void allowOnly(String... names) {
    List<String> known = Arrays.asList(names);
    for (String name : json.fieldNames()) {
      if (!known.contains(name) && !name.equals(COMMAND)) {
        String choice = known.isEmpty() ? "there is none" : "known: " + String.join(", ", known);
        throw refused("unknown argument \"" + name + "\"; " + choice);
      }
    }
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> refused(name + ": missing; expected a string"));
  }

  Optional<String> optionalText(String name) {
    return value(name, String.class, "a string").filter(text -> !text.isEmpty());
  }

  Optional<Duration> duration(String name) {
    return value(name, String.class, "a duration such as \"30s\"")
        .map(
            text ->
                Durations.parse(text)
                    .orElseThrow(() -> wrong(name, "a duration such as \"30s\"", text)));
  }

  /** An integer within bounds. */
  public Optional<Long> number(String name, long min, long max) {
    String expected = "an integer from " + min + " to " + max;
    return value(name, Number.class, expected)
        .map(
            number -> {
              boolean whole = number instanceof Integer || number instanceof Long;
              if (!whole || number.longValue() < min || number.longValue() > max) {
                throw wrong(name, expected, number);
              }
              return number.longValue();
            });
  }

  boolean flag(String name) {
    return value(name, Boolean.class, "true or false").orElse(false);
  }

  /** All of them but these. */
  JsonObject without(String... names) {
    List<String> left = Arrays.asList(names);
    JsonObject rest = new JsonObject();
    for (Map.Entry<String, Object> entry : json) {
      if (!left.contains(entry.getKey()) && !entry.getKey().equals(COMMAND)) {
        rest.put(entry.getKey(), entry.getValue());
      }
    }
    return rest;
  }

  private <T> Optional<T> value(String name, Class<T> type, String expected) {
    Object value = json.getValue(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw wrong(name, expected, value);
    }
    return Optional.of(type.cast(value));
  }

  private static CommandException wrong(String name, String expected, Object found) {
    String shown = found instanceof String ? "the string \"" + found + '"' : found.toString();
    return refused(name + ": expected " + expected + ", found " + shown);
  }

  private static CommandException refused(String message) {
    return CommandException.invalidArgument(message);
  }
}
