package io.loble.ctl.client;

import java.util.Optional;
import java.util.StringJoiner;

/** Puts events together from the lines of a stream of server-sent events. */
public final class SseParser {

  /** An event of a stream, as the server sent it. */
  public record Event(String type, String data) {}

  private static final String USUAL = "message";

  private String type = USUAL;
  private Optional<StringJoiner> data = Optional.empty();

  /** Takes the next line, without its end; gives the event that ends with it, if one does. */
  public Optional<Event> line(String line) {
    if (line.isEmpty()) {
      return dispatch();
    }
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    field(field, value.startsWith(" ") ? value.substring(1) : value);
    return Optional.empty();
  }

  /** The field of a comment has no name. */
  private void field(String field, String value) {
    if (field.equals("event")) {
      type = value;
    } else if (field.equals("data")) {
      data = Optional.of(data.orElseGet(() -> new StringJoiner("\n")).add(value));
    }
  }

  private Optional<Event> dispatch() {
    String finished = type;
    Optional<Event> event = data.map(lines -> new Event(finished, lines.toString()));
    type = USUAL;
    data = Optional.empty();
    return event;
  }
}
