package io.loble.preface;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** IP addresses as the PROXY protocol's version 1 writes them. Stricter than the resolver's. */
final class AddressText {

  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;
  private static final int GROUPS = 8;

  private AddressText() {}

  /** The address of 4 or 16 bytes; an IPv4-mapped one is an IPv4 address. */
  static InetAddress address(byte[] bytes) {
    try {
      // Turns what is mapped into IPv4 itself.
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(bytes.length + " bytes", e);
    }
  }

  /** Four decimal numbers without leading zeros; null when it is something else. */
  static byte @Nullable [] ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != IPV4_BYTES) {
      return null;
    }
    byte[] bytes = new byte[IPV4_BYTES];
    for (int i = 0; i < IPV4_BYTES; i++) {
      int number = decimal(parts[i], 0xff);
      if (number < 0) {
        return null;
      }
      bytes[i] = (byte) number;
    }
    return bytes;
  }

  /**
   * Groups of one to four hexadecimal digits, at most one {@code ::}. The last two groups may be
   * written as an IPv4 address, as inet_ntop does with mapped ones. Null when it is something else.
   */
  static byte @Nullable [] ipv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      byte[] all = groups(text);
      return all != null && all.length == IPV6_BYTES ? all : null;
    }
    byte[] before = groups(text.substring(0, gap));
    byte[] after = groups(text.substring(gap + 2));
    boolean dotsInFront = text.lastIndexOf('.', gap) >= 0;
    // The gap stands for one group at least.
    if (before == null
        || after == null
        || dotsInFront
        || before.length + after.length > IPV6_BYTES - 2) {
      return null;
    }
    byte[] bytes = Arrays.copyOf(before, IPV6_BYTES);
    System.arraycopy(after, 0, bytes, IPV6_BYTES - after.length, after.length);
    return bytes;
  }

  private static byte @Nullable [] groups(String text) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    String[] parts = text.split(":", -1);
    if (parts.length > GROUPS) {
      return null;
    }
    byte[] bytes = new byte[2 * parts.length + 2];
    int length = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      byte[] group = last && parts[i].indexOf('.') >= 0 ? ipv4(parts[i]) : group(parts[i]);
      if (group == null) {
        return null;
      }
      System.arraycopy(group, 0, bytes, length, group.length);
      length += group.length;
    }
    return Arrays.copyOf(bytes, length);
  }

  private static byte @Nullable [] group(String digits) {
    if (digits.isEmpty() || digits.length() > 4) {
      return null;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return null;
      }
      value = (value << 4) | digit;
    }
    return new byte[] {(byte) (value >> 8), (byte) value};
  }

  /** A decimal number without leading zeros; -1 when it is something else or greater than that. */
  static int decimal(String digits, int greatest) {
    boolean leadingZero = digits.length() > 1 && digits.startsWith("0");
    if (digits.isEmpty() || digits.length() > 5 || leadingZero) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = 10 * value + c - '0';
    }
    return value <= greatest ? value : -1;
  }

  /** Decimal numbers for 4 bytes, the canonical form of RFC 5952 without dots for 16. */
  static String format(byte[] address) {
    return address.length == IPV4_BYTES ? formatIpv4(address) : formatIpv6(address);
  }

  private static String formatIpv4(byte[] address) {
    return (address[0] & 0xff)
        + "."
        + (address[1] & 0xff)
        + "."
        + (address[2] & 0xff)
        + "."
        + (address[3] & 0xff);
  }

  private static String formatIpv6(byte[] address) {
    int gapFrom = -1;
    int gapLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int zeros = zeroGroups(address, i);
      if (zeros > gapLength) {
        gapFrom = i;
        gapLength = zeros;
      }
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < GROUPS; ) {
      if (i == gapFrom) {
        text.append("::");
        i += gapLength;
        continue;
      }
      if (i > 0 && i != gapFrom + gapLength) {
        text.append(':');
      }
      text.append(Integer.toHexString(group(address, i)));
      i++;
    }
    return text.toString();
  }

  private static int zeroGroups(byte[] address, int from) {
    int count = 0;
    while (from + count < GROUPS && group(address, from + count) == 0) {
      count++;
    }
    return count;
  }

  private static int group(byte[] address, int index) {
    return ((address[2 * index] & 0xff) << 8) | (address[2 * index + 1] & 0xff);
  }
}
