package io.loble.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where requests end, by the grammar of RFC 9112 alone, for the methods and versions that the tests
 * send: slow, and knows nothing of how anything else reads.
 */
final class StrictFraming {

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  private static final Pattern HEAD =
      Pattern.compile(
          "(?:\r\n)?"
              + TOKEN
              + " ([!-\"$-~]+) HTTP/1\\.([01])\r\n"
              + "((?:"
              + TOKEN
              + ":[\t -~\u0080-\u00ff]*\r\n)*)\r\n");

  private static final Pattern SIZE =
      Pattern.compile("([0-9A-Fa-f]+)(?:[ \t]*;[\t -~\u0080-\u00ff]*)?\r\n");

  private static final Pattern TRAILERS =
      Pattern.compile("(?:" + TOKEN + ":[\t -~\u0080-\u00ff]*\r\n)*\r\n");

  private StrictFraming() {}

  /** The body of each request that is complete, as far as all of them are well-formed. */
  static List<String> bodiesOf(byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    List<String> bodies = new ArrayList<>();
    int from = 0;
    while (true) {
      Matcher head = HEAD.matcher(text).region(from, text.length());
      if (!head.lookingAt()) {
        return bodies;
      }
      Optional<Body> body = body(text, head);
      if (body.isEmpty()) {
        return bodies;
      }
      bodies.add(body.get().data());
      from = body.get().end();
    }
  }

  private record Body(String data, int end) {}

  private static Optional<Body> body(String text, Matcher head) {
    List<String> lengths = values(head.group(3), "content-length");
    List<String> codings = values(head.group(3), "transfer-encoding");
    if (codings.isEmpty()) {
      return lengths.size() > 1
          ? Optional.empty()
          : ofLength(text, head.end(), lengths.isEmpty() ? "0" : lengths.get(0));
    }
    boolean chunked =
        codings.size() == 1 && lengths.isEmpty() && codings.get(0).equalsIgnoreCase("chunked");
    return chunked && head.group(2).equals("1") ? ofChunks(text, head.end()) : Optional.empty();
  }

  private static List<String> values(String fields, String name) {
    return fields
        .lines()
        .filter(line -> line.substring(0, line.indexOf(':')).equalsIgnoreCase(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .toList();
  }

  private static Optional<Body> ofLength(String text, int from, String length) {
    if (!length.matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    int end = from + Integer.parseInt(length);
    return end > text.length()
        ? Optional.empty()
        : Optional.of(new Body(text.substring(from, end), end));
  }

  private static Optional<Body> ofChunks(String text, int begin) {
    StringBuilder data = new StringBuilder();
    int at = begin;
    while (true) {
      Matcher line = SIZE.matcher(text).region(at, text.length());
      if (!line.lookingAt() || line.group(1).length() > 7) {
        return Optional.empty();
      }
      int size = HexFormat.fromHexDigits(line.group(1));
      if (size == 0) {
        Matcher trailers = TRAILERS.matcher(text).region(line.end(), text.length());
        return trailers.lookingAt()
            ? Optional.of(new Body(data.toString(), trailers.end()))
            : Optional.empty();
      }
      int end = line.end() + size;
      if (end > text.length() || !text.startsWith("\r\n", end)) {
        return Optional.empty();
      }
      data.append(text, line.end(), end);
      at = end + 2;
    }
  }
}
