package io.loble.http;

import io.netty.util.AsciiString;

/** The list that Connection is (RFC 9110, section 7.6.1). */
final class ConnectionOptions {

  private ConnectionOptions() {}

  /** True if one of the options is this one, in upper or lower case. */
  static boolean contains(String options, AsciiString option) {
    String wanted = option.toString();
    int length = wanted.length();
    for (int from = 0; from + length <= options.length(); from = endOfOption(options, from) + 1) {
      while (from < options.length() && isSpace(options.charAt(from))) {
        from++;
      }
      if (options.regionMatches(true, from, wanted, 0, length) && isEnd(options, from + length)) {
        return true;
      }
    }
    return false;
  }

  private static int endOfOption(String options, int from) {
    int comma = options.indexOf(',', from);
    return comma < 0 ? options.length() : comma;
  }

  private static boolean isEnd(String options, int at) {
    int end = at;
    while (end < options.length() && isSpace(options.charAt(end))) {
      end++;
    }
    return end == options.length() || options.charAt(end) == ',';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
