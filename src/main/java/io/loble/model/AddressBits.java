package io.loble.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteOrder;

/**
 * An IP address as numbers. An IPv4 address that is written as an IPv6 one ({@code ::ffff:a.b.c.d})
 * is the IPv4 address.
 *
 * @param high the first 64 bits; of an IPv4 address its 32 bits, followed by zeros
 * @param low the last 64 bits of an IPv6 address, else 0
 */
public record AddressBits(boolean ipv6, long high, long low) {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final long MAPPED = 0xffff;

  /** The bits of an address; its zone, if it has one, is left out. */
  public static AddressBits of(InetAddress address) {
    return address instanceof Inet4Address
        ? ofIpv4(address.getAddress())
        : ofIpv6(address.getAddress());
  }

  /** Without a loop, so that the JIT compiler can do without the array. */
  private static AddressBits ofIpv4(byte[] bytes) {
    int bits =
        (bytes[0] & 0xff) << 24
            | (bytes[1] & 0xff) << 16
            | (bytes[2] & 0xff) << 8
            | (bytes[3] & 0xff);
    return new AddressBits(false, (long) bits << 32, 0);
  }

  private static AddressBits ofIpv6(byte[] bytes) {
    long high = (long) LONGS.get(bytes, 0);
    long low = (long) LONGS.get(bytes, Long.BYTES);
    return high == 0 && low >>> 32 == MAPPED
        ? new AddressBits(false, low << 32, 0)
        : new AddressBits(true, high, low);
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
