package io.loble.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** IP addresses as text. Names are never looked up. */
final class AddressText {

  private static final Pattern IPV4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

  /** What {@code InetAddress} takes for an address or refuses, but never for a name. */
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:][0-9a-fA-F.:]*:[0-9a-fA-F.:]*");

  private static final int GROUPS = 8;

  private AddressText() {}

  /** The bits of an address without a zone; null when the text is none. */
  static @Nullable AddressBits parse(String text) {
    Matcher ipv4 = IPV4.matcher(text);
    if (ipv4.matches()) {
      return ipv4(ipv4);
    }
    if (!IPV6.matcher(text).matches()) {
      return null;
    }
    try {
      return AddressBits.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static @Nullable AddressBits ipv4(Matcher numbers) {
    long address = 0;
    for (int i = 1; i <= 4; i++) {
      String digits = numbers.group(i);
      int number = Integer.parseInt(digits);
      // Leading zeros mean octal numbers to some programs.
      if (number > 255 || (digits.length() > 1 && digits.charAt(0) == '0')) {
        return null;
      }
      address = (address << 8) | number;
    }
    return new AddressBits(false, address << 32, 0);
  }

  /** The shortest form: RFC 5952 for IPv6. */
  static String format(boolean ipv6, long high, long low) {
    return ipv6 ? ipv6(high, low) : ipv4((int) (high >>> 32));
  }

  private static String ipv4(int address) {
    return (address >>> 24)
        + "."
        + ((address >>> 16) & 0xff)
        + "."
        + ((address >>> 8) & 0xff)
        + "."
        + (address & 0xff);
  }

  private static String ipv6(long high, long low) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      long half = i < 4 ? high : low;
      groups[i] = (int) (half >>> (48 - 16 * (i % 4))) & 0xffff;
    }
    int from = 0;
    int most = 0;
    for (int i = 0; i < GROUPS; i++) {
      int zeros = zerosAt(groups, i);
      if (zeros > most) {
        from = i;
        most = zeros;
      }
    }
    if (most < 2) {
      return join(groups, 0, GROUPS);
    }
    return join(groups, 0, from) + "::" + join(groups, from + most, GROUPS);
  }

  private static int zerosAt(int[] groups, int from) {
    int end = from;
    while (end < groups.length && groups[end] == 0) {
      end++;
    }
    return end - from;
  }

  private static String join(int[] groups, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i > from ? ":" : "").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
