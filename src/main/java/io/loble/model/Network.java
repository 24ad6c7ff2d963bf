package io.loble.model;

import java.net.InetAddress;

/**
 * The addresses that begin with the same bits: a network in CIDR notation (RFC 4632, RFC 4291),
 * such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}. One address is a network too.
 *
 * <p>Has the {@code equals} of a record, but as plain code, as {@link HostPort} has. Its order is
 * plain code too, because long lists are sorted by it.
 *
 * @param high as that of {@link AddressBits}; bits behind the prefix are 0
 * @param low likewise
 * @param prefix how many bits all its addresses have in common: 0 to 32, or to 128 for IPv6
 */
public record Network(boolean ipv6, long high, long low, int prefix)
    implements Comparable<Network> {

  /** What can be parsed, to be named where something cannot. */
  public static final String EXAMPLES =
      "a network such as 10.0.0.0/8 or 2001:db8::/32, or an IP address";

  /** Of an IPv6 address that stands for an IPv4 one, the bits before the latter. */
  private static final int MAPPED_PREFIX = 96;

  private static final int NO_PREFIX = -1;

  public Network {
    if (prefix < 0 || prefix > AddressBits.lengthOf(ipv6)) {
      throw new IllegalArgumentException("prefix " + prefix);
    }
    if ((high & ~AddressBits.highMask(prefix)) != 0 || (low & ~AddressBits.lowMask(prefix)) != 0) {
      throw new IllegalArgumentException("bits behind the prefix");
    }
  }

  /**
   * Reads a network, or an address, which is a network of one.
   *
   * @throws IllegalArgumentException when it is none, or has bits behind its prefix; the message
   *     begins with the text and says what would be right
   */
  public static Network parse(String text) {
    Network network = around(text);
    int slash = text.indexOf('/');
    if (slash >= 0) {
      AddressBits given = address(text, text.substring(0, slash));
      if (given.high() != network.high || given.low() != network.low) {
        throw new IllegalArgumentException(
            "%s: has bits behind its prefix; write %s for the network, or %s for the address"
                .formatted(text, network, given));
      }
    }
    return network;
  }

  /**
   * Reads the network that an address with a prefix lies in: {@code 10.1.2.3/8} is {@code
   * 10.0.0.0/8}.
   *
   * @throws IllegalArgumentException when it is none; the message begins with the text
   */
  public static Network around(String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    AddressBits address = address(text, host);
    if (slash < 0) {
      return of(address, address.length());
    }
    int least = !address.ipv6() && host.indexOf(':') >= 0 ? MAPPED_PREFIX : 0;
    int most = least + address.length();
    int prefix = number(text.substring(slash + 1));
    if (prefix < least || prefix > most) {
      throw new IllegalArgumentException("%s: prefix is %d to %d".formatted(text, least, most));
    }
    return of(address, prefix - least);
  }

  private static AddressBits address(String text, String host) {
    AddressBits address = AddressText.parse(host);
    if (address == null) {
      throw new IllegalArgumentException(text + ": expected " + EXAMPLES);
    }
    return address;
  }

  private static int number(String digits) {
    boolean isNumber =
        !digits.isEmpty()
            && digits.length() <= 3
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? Integer.parseInt(digits) : NO_PREFIX;
  }

  /** The network of that prefix in which an address lies. */
  public static Network of(InetAddress address, int prefix) {
    return of(AddressBits.of(address), prefix);
  }

  /** The network of that prefix in which an address lies. */
  public static Network of(AddressBits address, int prefix) {
    return new Network(
        address.ipv6(),
        address.high() & AddressBits.highMask(prefix),
        address.low() & AddressBits.lowMask(prefix),
        prefix);
  }

  /** Whether an address lies in the network. */
  public boolean contains(InetAddress address) {
    return contains(AddressBits.of(address));
  }

  /** Whether an address lies in the network. */
  public boolean contains(AddressBits address) {
    return address.ipv6() == ipv6
        && ((address.high() ^ high) & AddressBits.highMask(prefix)) == 0
        && ((address.low() ^ low) & AddressBits.lowMask(prefix)) == 0;
  }

  /** IPv4 first, then by address; a network stands before those that lie in it. */
  @Override
  public int compareTo(Network other) {
    int order = Boolean.compare(ipv6, other.ipv6);
    order = order != 0 ? order : Long.compareUnsigned(high, other.high);
    order = order != 0 ? order : Long.compareUnsigned(low, other.low);
    return order != 0 ? order : Integer.compare(prefix, other.prefix);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that
        && ipv6 == that.ipv6
        && high == that.high
        && low == that.low
        && prefix == that.prefix;
  }

  @Override
  public int hashCode() {
    return (Long.hashCode(high) * 31 + Long.hashCode(low)) * 257 + prefix + (ipv6 ? 0 : 131);
  }

  /** What {@link #parse} reads; a network of one address with its prefix, too. */
  @Override
  public String toString() {
    return AddressText.format(ipv6, high, low) + "/" + prefix;
  }
}
