package io.loble.http;

import io.netty.util.NetUtil;

/**
 * The value of Host and of {@code :authority} (RFC 9110, section 7.2), and the authority of a
 * target in absolute-form.
 *
 * <p>RFC 3986 allows more in a host than is in use: percent-encoding and the characters {@code
 * !$&'()*+,;=}. A route is chosen by the host, so what another parser might cut or decode is not
 * taken for one.
 */
final class Authority {

  private static final int MOST_PORT_DIGITS = 5;
  private static final int MOST_PORT = 65_535;

  private Authority() {}

  /**
   * True for a name, an IPv4 address or an IPv6 address in brackets, and a port of 1 to 65535 if
   * there is one.
   */
  static boolean isValid(String text) {
    int end = text.startsWith("[") ? endOfLiteral(text) : endOfName(text);
    return end > 0 && (end == text.length() || isPort(text, end));
  }

  private static int endOfName(String text) {
    int at = 0;
    while (at < text.length() && isOfName(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isOfName(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || c == '.'
        || c == '-'
        || c == '_'
        || c == '~';
  }

  /** Zero if there is none. An address with a zone is none: zones mean nothing to another host. */
  private static int endOfLiteral(String text) {
    int close = text.indexOf(']');
    if (close < 0) {
      return 0;
    }
    String address = text.substring(1, close);
    boolean valid = address.indexOf('%') < 0 && NetUtil.isValidIpV6Address(address);
    return valid ? close + 1 : 0;
  }

  private static boolean isPort(String text, int colon) {
    int digits = text.length() - colon - 1;
    if (text.charAt(colon) != ':' || digits < 1 || digits > MOST_PORT_DIGITS) {
      return false;
    }
    int port = 0;
    for (int i = colon + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      port = port * 10 + c - '0';
    }
    return port > 0 && port <= MOST_PORT;
  }
}
