package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import java.util.Locale;
import java.util.Optional;

/** A key of a {@code key=value} word. */
enum Key {
  ALGORITHM(Kind.TEXT),
  ALPN(Kind.TEXT),
  BACKEND(Kind.TEXT),
  CLIENT(Kind.TEXT),
  IDLE(Kind.TEXT),
  LIMIT(Kind.NUMBER),
  LISTENER(Kind.TEXT),
  MAX_CONNECTIONS(Kind.NUMBER),
  NAME(Kind.TEXT),
  OVER(Kind.TEXT),
  PERCENT(Kind.NUMBER),
  POOL(Kind.TEXT),
  RESET(Kind.TRUTH),
  RETRIES(Kind.NUMBER),
  SNI(Kind.TEXT),
  STATE(Kind.TEXT),
  TIMEOUT(Kind.TEXT),
  WEIGHT(Kind.NUMBER);

  private enum Kind {
    TEXT("a value"),
    NUMBER("a whole number"),
    TRUTH("true or false");

    private final String expected;

    Kind(String expected) {
      this.expected = expected;
    }

    private Optional<Object> read(String text) {
      return switch (this) {
        case TEXT -> Optional.<Object>of(text).filter(t -> !text.isEmpty());
        case NUMBER -> Optional.of(text).filter(t -> t.matches("-?\\d{1,9}")).map(Integer::valueOf);
        case TRUTH -> Optional.of(text).filter(t -> t.matches("true|false")).map(Boolean::valueOf);
      };
    }
  }

  private final Kind kind;

  Key(Kind kind) {
    this.kind = kind;
  }

  /** As it is written in words, and in JSON. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value as it is in JSON. Whether it is in bounds is for the balancer to say. */
  Object read(String text) throws CtlException {
    return kind.read(text)
        .orElseThrow(
            () ->
                CtlException.usage(
                    label() + ": expected " + kind.expected + ", found \"" + text + "\""));
  }
}
