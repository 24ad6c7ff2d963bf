package io.loble.ctl.command;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.util.Optional;
import java.util.stream.Stream;

/** What the value of a {@code key=value} word may be, and how it is written in JSON. */
enum Kind {
  TEXT("a value"),
  TEXT_OR_NONE("a value or nothing"),
  NUMBER("a whole number"),
  TRUTH("true or false"),
  /** Nothing is a list without values. */
  LIST("values with commas between"),
  TABLES("an array of objects as JSON, such as [{\"client\": [\"10.0.0.0/8\"], \"pool\": \"db\"}]");

  private final String expected;

  Kind(String expected) {
    this.expected = expected;
  }

  /** What it may be, in words that follow "expected". */
  String expected() {
    return expected;
  }

  /** The value as it is in JSON; empty for what is none. */
  Optional<Object> read(String text) {
    return switch (this) {
      case TEXT -> Optional.<Object>of(text).filter(t -> !text.isEmpty());
      case TEXT_OR_NONE -> Optional.of(text);
      case NUMBER -> Optional.of(text).filter(t -> t.matches("-?\\d{1,9}")).map(Integer::valueOf);
      case TRUTH -> Optional.of(text).filter(t -> t.matches("true|false")).map(Boolean::valueOf);
      case LIST -> list(text);
      case TABLES -> tables(text);
    };
  }

  private static Optional<Object> list(String text) {
    JsonArray values = new JsonArray();
    if (!text.isEmpty()) {
      Stream.of(text.split(",", -1)).map(String::strip).forEach(values::add);
    }
    return values.contains("") ? Optional.empty() : Optional.of(values);
  }

  private static Optional<Object> tables(String text) {
    try {
      return Optional.of(new JsonArray(text));
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }
}
