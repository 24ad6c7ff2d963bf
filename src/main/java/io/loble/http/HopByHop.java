package io.loble.http;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which headers are about one connection only, and end here (RFC 9110, 7.6.1). */
final class HopByHop {

  private static final List<String> KNOWN =
      List.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  /** Of the known ones, by length: most headers are of none of them. */
  private static final String[][] BY_LENGTH = byLength();

  private HopByHop() {}

  private static String[][] byLength() {
    int longest = KNOWN.stream().mapToInt(String::length).max().orElseThrow();
    String[][] result = new String[longest + 1][];
    for (int i = 0; i <= longest; i++) {
      int length = i;
      result[i] = KNOWN.stream().filter(name -> name.length() == length).toArray(String[]::new);
    }
    return result;
  }

  /** Whether a header of that name always is. */
  static boolean isKnown(CharSequence name) {
    int length = name.length();
    if (length >= BY_LENGTH.length) {
      return false;
    }
    for (String known : BY_LENGTH[length]) {
      if (AsciiString.contentEqualsIgnoreCase(known, name)) {
        return true;
      }
    }
    return false;
  }

  /** Those that a message names besides, in lower case. */
  static Set<String> named(MultiMap headers) {
    String connection = headers.get(HttpHeaders.CONNECTION);
    return connection == null || isPlain(connection) ? Set.of() : tokens(headers);
  }

  private static boolean isPlain(String connection) {
    return connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close");
  }

  private static Set<String> tokens(MultiMap headers) {
    Set<String> names = new HashSet<>();
    for (String value : headers.getAll(HttpHeaders.CONNECTION)) {
      for (String token : value.split(",", -1)) {
        names.add(token.strip().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }
}
