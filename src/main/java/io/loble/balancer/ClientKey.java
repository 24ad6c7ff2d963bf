package io.loble.balancer;

/**
 * What a choice may depend on: the client's address. An IPv4 client is the same client when an IPv6
 * socket accepts it, as {@code ::ffff:a.b.c.d}.
 *
 * @param high the first eight bytes of its IPv6 address
 * @param low the last eight bytes
 */
public record ClientKey(long high, long low) {

  /** Of all clients of Unix sockets, which nothing tells apart. */
  public static final ClientKey WITHOUT_ADDRESS = new ClientKey(0, 0);

  private static final int IPV4 = 4;
  private static final long IPV4_MAPPED = 0xffff_0000_0000L;
  private static final long IPV4_BITS = 0xffff_ffffL;

  /**
   * The key of a client.
   *
   * @param address 4 bytes of IPv4, or 16 of IPv6
   */
  public static ClientKey of(byte[] address) {
    if (address.length == IPV4) {
      return new ClientKey(0, IPV4_MAPPED | bits(address, 0, IPV4));
    }
    return new ClientKey(bits(address, 0, Long.BYTES), bits(address, Long.BYTES, Long.BYTES));
  }

  private static long bits(byte[] bytes, int from, int count) {
    long bits = 0;
    for (int i = from; i < from + count; i++) {
      bits = (bits << Byte.SIZE) | (bytes[i] & 0xff);
    }
    return bits;
  }

  boolean isIpv4() {
    return high == 0 && (low & ~IPV4_BITS) == IPV4_MAPPED;
  }
}
