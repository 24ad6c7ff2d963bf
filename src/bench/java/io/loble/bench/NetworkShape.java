package io.loble.bench;

import io.loble.model.AddressBits;
import io.loble.model.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** How the networks of a list lie to one another. */
public enum NetworkShape {
  /** Anywhere, of every length from /8 or /20 to whole addresses. */
  SPREAD,

  /** All in one /8 or /32, of every length that fits. */
  CLOSE,

  /** Around one address each length that there is, then around another address. */
  NESTED;

  /** What addresses are made of. */
  public enum Family {
    IPV4(4, 8, 1),
    IPV6(16, 20, 4);

    private final int bytes;
    private final int shortest;

    /** How many bytes those that lie close have in common. */
    private final int close;

    Family(int bytes, int shortest, int close) {
      this.bytes = bytes;
      this.shortest = shortest;
      this.close = close;
    }
  }

  /** An address in the network of that number, if the list has one. */
  InetAddress address(Family family, int number, SplittableRandom random) {
    byte[] address = new byte[family.bytes];
    if (this == NESTED) {
      new SplittableRandom(number / (family.bytes * Byte.SIZE)).nextBytes(address);
    } else {
      random.nextBytes(address);
    }
    if (this == CLOSE) {
      Arrays.fill(address, 0, family.close, (byte) 0x20);
    }
    return of(address);
  }

  /** Some address in a network. */
  static InetAddress within(Network network, SplittableRandom random) {
    int prefix = network.prefix();
    ByteBuffer address =
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(network.high() | (random.nextLong() & ~AddressBits.highMask(prefix)))
            .putLong(network.low() | (random.nextLong() & ~AddressBits.lowMask(prefix)));
    return of(
        Arrays.copyOf(address.array(), network.ipv6() ? Family.IPV6.bytes : Family.IPV4.bytes));
  }

  private static InetAddress of(byte[] address) {
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /** The network of that number, around its address. */
  Network around(InetAddress address, Family family, int number, SplittableRandom random) {
    int bits = family.bytes * Byte.SIZE;
    return switch (this) {
      case SPREAD -> Network.of(address, between(family.shortest, bits, random));
      case CLOSE -> Network.of(address, between(family.close * Byte.SIZE, bits, random));
      case NESTED -> Network.of(address, 1 + number % bits);
    };
  }

  private static int between(int least, int most, SplittableRandom random) {
    return least + random.nextInt(most - least + 1);
  }
}
