package io.loble.preface;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The host name of a ClientHello (RFC 6066, section 3): labels of 1 to 63 letters, digits, hyphens
 * and underscores, which are in use though they should not be; 255 bytes at the most. An IPv4
 * address looks like such a name and passes as one; an IPv6 address does not.
 */
final class HostName {

  private static final int MOST_BYTES = 255;
  private static final int MOST_IN_LABEL = 63;

  private HostName() {}

  /** In lower case and without the dot that may stand at its end. */
  static String read(Fields field) throws MalformedException {
    if (field.remaining() > MOST_BYTES) {
      throw new MalformedException("a ClientHello has a host name of more than 255 bytes");
    }
    byte[] name = field.rest();
    int length = name.length;
    if (length > 0 && name[length - 1] == '.') {
      length--;
    }
    int label = 0;
    for (int i = 0; i < length; i++) {
      name[i] = lowerCase(name[i]);
      label = name[i] == '.' ? endOfLabel(label) : label + 1;
    }
    endOfLabel(label);
    return new String(name, 0, length, US_ASCII);
  }

  private static byte lowerCase(byte c) throws MalformedException {
    if (c >= 'A' && c <= 'Z') {
      return (byte) (c + 'a' - 'A');
    }
    boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letterOrDigit || c == '-' || c == '.' || c == '_') {
      return c;
    }
    throw new MalformedException(
        String.format("the host name of a ClientHello has the byte 0x%02x", c));
  }

  private static int endOfLabel(int length) throws MalformedException {
    if (length == 0 || length > MOST_IN_LABEL) {
      throw new MalformedException("the host name of a ClientHello has an empty or too long label");
    }
    return 0;
  }
}
