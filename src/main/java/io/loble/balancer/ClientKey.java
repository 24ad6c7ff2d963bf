package io.loble.balancer;

import java.nio.charset.StandardCharsets;

/**
 * What a choice may depend on of a client, as a hash: the same in every process and version. An
 * IPv4 client is the same client when an IPv6 socket accepts it, as {@code ::ffff:a.b.c.d}.
 *
 * @param hash equal for equal clients, and spread evenly over all 64 bits
 */
public record ClientKey(long hash) {

  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};
  private static final int IPV6 = 16;

  /** Of all clients of Unix sockets, which nothing tells apart. */
  public static final ClientKey WITHOUT_ADDRESS = of(new byte[IPV6]);

  /**
   * The key of a client by its address.
   *
   * @param address 4 bytes of IPv4, or 16 of IPv6
   */
  public static ClientKey of(byte[] address) {
    return new ClientKey(Hash.mix(Hash.add(Hash.START, address, first(address))));
  }

  /**
   * The key of a client by its address and port.
   *
   * @param address 4 bytes of IPv4, or 16 of IPv6
   */
  public static ClientKey of(byte[] address, int port) {
    long hash = Hash.add(Hash.START, address, first(address));
    return new ClientKey(Hash.mix(Hash.add(Hash.add(hash, (byte) (port >> 8)), (byte) port)));
  }

  /**
   * The key of all clients that ask for that server name.
   *
   * @param serverName in lower case
   */
  public static ClientKey of(String serverName) {
    byte[] bytes = serverName.getBytes(StandardCharsets.UTF_8);
    return new ClientKey(Hash.mix(Hash.add(Hash.START, bytes, 0)));
  }

  /** Where the bytes begin that count. */
  private static int first(byte[] address) {
    if (address.length != IPV6) {
      return 0;
    }
    for (int i = 0; i < MAPPED.length; i++) {
      if (address[i] != MAPPED[i]) {
        return 0;
      }
    }
    return MAPPED.length;
  }
}
