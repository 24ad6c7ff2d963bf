package io.loble.http;

/**
 * A path and query, as a request names them (RFC 9112, section 3.2; RFC 9113, section 8.3.1).
 *
 * <p>Nothing is normalised. Routes read the path as it is, so one is refused that a backend could
 * take for another: with a backslash, an encoded NUL, or a percent sign that encodes nothing.
 * Nobody here reads the query; browsers leave percent signs and backslashes in it, and so they are
 * let through.
 */
final class RequestTarget {

  /** For a request about the whole server. */
  static final String ASTERISK = "*";

  private RequestTarget() {}

  /** Checks what begins with a slash. */
  static void check(String target) {
    boolean query = false;
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        throw new MalformedRequestException("the target has a byte that must be percent-encoded");
      }
      if (c == '#') {
        throw new MalformedRequestException("the target has a fragment");
      }
      if (c == '?') {
        query = true;
      } else if (!query) {
        checkPath(target, i, c);
      }
    }
  }

  private static void checkPath(String target, int at, char c) {
    if (c == '\\') {
      throw new MalformedRequestException("the path has a backslash");
    }
    if (c != '%') {
      return;
    }
    int high = at + 2 < target.length() ? Character.digit(target.charAt(at + 1), 16) : -1;
    int low = high < 0 ? -1 : Character.digit(target.charAt(at + 2), 16);
    if (low < 0) {
      throw new MalformedRequestException("the path has a percent sign that encodes nothing");
    }
    if (high == 0 && low == 0) {
      throw new MalformedRequestException("the path has an encoded NUL");
    }
  }
}
