package io.loble.tls;

import java.util.Locale;
import java.util.regex.Pattern;

/** Says what a peer speaks that does not speak TLS. */
final class OtherProtocol {

  private static final Pattern HTTP = Pattern.compile("[A-Z]{3,16} (/|\\*|[a-zA-Z]).*");

  private OtherProtocol() {}

  /** What the first bytes of a connection look like when they are not TLS. */
  static String describe(String first) {
    if (first.startsWith("HTTP/") || HTTP.matcher(first.lines().findFirst().orElse("")).matches()) {
      return "plain HTTP";
    }
    StringBuilder shown = new StringBuilder("not TLS: it begins with ");
    for (int i = 0; i < Math.min(first.length(), 8); i++) {
      shown.append(String.format(Locale.ROOT, i == 0 ? "%02x" : " %02x", (int) first.charAt(i)));
    }
    return shown.toString();
  }
}
