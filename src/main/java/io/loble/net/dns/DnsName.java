package io.loble.net.dns;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Names as they are asked for. */
final class DnsName {

  private static final int LONGEST_LABEL = 63;

  private DnsName() {}

  /**
   * The absolute name of that text, in lower case, with a dot at its end, and in ASCII; as {@link
   * WireReader#name} reads it.
   *
   * @return empty where the text cannot be a name
   */
  static Optional<String> absolute(String text) {
    Optional<String> name = ascii(text.endsWith(".") ? text : text + ".");
    return name.filter(DnsName::isValid);
  }

  private static Optional<String> ascii(String text) {
    if (text.chars().allMatch(c -> c > ' ' && c <= '~')) {
      return Optional.of(text.toLowerCase(Locale.ROOT));
    }
    try {
      return Optional.of(IDN.toASCII(text).toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether an absolute name, as {@link WireReader#name} reads it, can be asked for. */
  static boolean isValid(String name) {
    int label = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      // What is escaped with a backslash is not asked for: no host has such a name.
      if (c == '\\' || c <= ' ' || c > '~' || label > LONGEST_LABEL || (c == '.' && label == 0)) {
        return false;
      }
      label = c == '.' ? 0 : label + 1;
    }
    return name.length() < WireReader.LONGEST_NAME;
  }

  /** A valid absolute name in a message. */
  static byte[] wire(String name) {
    byte[] wire = new byte[name.length() + 1];
    int from = 0;
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', from)) {
      byte[] label = name.substring(from, dot).getBytes(StandardCharsets.US_ASCII);
      wire[from] = (byte) label.length;
      System.arraycopy(label, 0, wire, from + 1, label.length);
      from = dot + 1;
    }
    return wire;
  }
}
