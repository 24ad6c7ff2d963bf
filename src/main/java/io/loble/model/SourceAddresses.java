package io.loble.model;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Addresses of this machine that connections to backends come from. Those of one family are used in
 * turn; the order between the two families has no meaning.
 *
 * @param ipv4 for backends with an IPv4 address; empty where the system is to choose
 * @param ipv6 for backends with an IPv6 address; empty where the system is to choose
 */
public record SourceAddresses(List<InetAddress> ipv4, List<InetAddress> ipv6) {

  /** The system chooses. */
  public static final SourceAddresses NONE = new SourceAddresses(List.of(), List.of());

  public SourceAddresses {
    ipv4 = List.copyOf(ipv4);
    ipv6 = List.copyOf(ipv6);
  }

  /** These, each once, in their order. */
  public static SourceAddresses of(List<InetAddress> addresses) {
    return new SourceAddresses(family(addresses, true), family(addresses, false));
  }

  private static List<InetAddress> family(List<InetAddress> addresses, boolean ipv4) {
    return addresses.stream()
        .filter(address -> (address instanceof Inet4Address) == ipv4)
        .distinct()
        .toList();
  }

  /** All of them. */
  public List<InetAddress> all() {
    return Stream.concat(ipv4.stream(), ipv6.stream()).toList();
  }

  /** Whether the system always chooses. */
  public boolean isEmpty() {
    return ipv4.isEmpty() && ipv6.isEmpty();
  }

  /** Those from which that address can be connected to; empty where the system is to choose. */
  public List<InetAddress> towards(InetAddress target) {
    return target instanceof Inet4Address ? ipv4 : ipv6;
  }
}
