package io.loble.model;

import java.net.InetAddress;

/**
 * An IP address as numbers. An IPv4 address that is written as an IPv6 one ({@code ::ffff:a.b.c.d})
 * is the IPv4 address.
 *
 * @param high the first 64 bits; of an IPv4 address its 32 bits, followed by zeros
 * @param low the last 64 bits of an IPv6 address, else 0
 */
public record AddressBits(boolean ipv6, long high, long low) {

  private static final int IPV4_BYTES = 4;
  private static final long MAPPED = 0xffff;

  /** The bits of an address; its zone, if it has one, is left out. */
  public static AddressBits of(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == IPV4_BYTES) {
      return new AddressBits(false, bits(bytes, 0, IPV4_BYTES) << 32, 0);
    }
    long high = bits(bytes, 0, Long.BYTES);
    long low = bits(bytes, Long.BYTES, Long.BYTES);
    return high == 0 && low >>> 32 == MAPPED
        ? new AddressBits(false, low << 32, 0)
        : new AddressBits(true, high, low);
  }

  private static long bits(byte[] bytes, int from, int count) {
    long bits = 0;
    for (int i = from; i < from + count; i++) {
      bits = (bits << Byte.SIZE) | (bytes[i] & 0xff);
    }
    return bits;
  }

  /** How many bits the address has: 32 or 128. */
  public int length() {
    return lengthOf(ipv6);
  }

  static int lengthOf(boolean ipv6) {
    return ipv6 ? 128 : 32;
  }

  /**
   * Ones for those of the first 64 bits that a prefix has, zeros for the others.
   *
   * @param prefix 0 or more
   */
  public static long highMask(int prefix) {
    return prefix == 0 ? 0 : prefix >= Long.SIZE ? -1L : -1L << (Long.SIZE - prefix);
  }

  /** The same for the last 64 bits. */
  public static long lowMask(int prefix) {
    return highMask(Math.max(0, prefix - Long.SIZE));
  }

  /** The address in its shortest form, which is that of RFC 5952 for IPv6. */
  @Override
  public String toString() {
    return AddressText.format(ipv6, high, low);
  }
}
