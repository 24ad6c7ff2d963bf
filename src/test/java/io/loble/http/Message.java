package io.loble.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request or an answer of HTTP/1, as it was sent; a character for each byte.
 *
 * @param line the first line
 * @param fields as they stand there
 * @param body without the framing of chunks
 * @param trailers behind the last chunk
 */
record Message(String line, List<String> fields, String body, List<String> trailers) {

  /** As it is sent: each line with its end. */
  static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }

  /** The status of an answer. */
  int status() {
    return Integer.parseInt(line.split(" ", -1)[1]);
  }

  String method() {
    return line.split(" ", -1)[0];
  }

  /** What a request is for. */
  String target() {
    return line.split(" ", -1)[1];
  }

  /** The values of all fields of a name, in whatever case. */
  List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (String field : fields) {
      int colon = field.indexOf(':');
      if (field.substring(0, colon).equalsIgnoreCase(name)) {
        values.add(field.substring(colon + 1).strip());
      }
    }
    return values;
  }

  /** The value of the first; null when there is none. */
  @Nullable String field(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? null : values.get(0);
  }

  boolean has(String name) {
    return !all(name).isEmpty();
  }

  Message with(String whole, List<String> behind) {
    return new Message(line, fields, whole, behind);
  }
}
