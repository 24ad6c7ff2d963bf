package io.loble.upstream.discovery;

import io.loble.config.BackendConfig;
import io.loble.model.AddressBits;
import io.loble.model.BackendMode;
import io.loble.model.HostPort;
import java.net.InetAddress;
import java.util.Comparator;

/** An address and a port that were found somewhere, IPv4 before IPv6 and then by number. */
record FoundAddress(AddressBits address, int port) implements Comparable<FoundAddress> {

  private static final Comparator<FoundAddress> ORDER =
      Comparator.<FoundAddress, Boolean>comparing(found -> found.address.ipv6())
          .thenComparing(found -> found.address.high(), Long::compareUnsigned)
          .thenComparing(found -> found.address.low(), Long::compareUnsigned)
          .thenComparing(FoundAddress::port);

  static FoundAddress of(InetAddress address, int port) {
    return new FoundAddress(AddressBits.of(address), port);
  }

  /**
   * Whether something can be there: not where a name server answers with {@code 0.0.0.0} to say
   * that a name is blocked, which would be this machine.
   */
  static boolean isOfHost(InetAddress address) {
    return !address.isAnyLocalAddress() && !address.isMulticastAddress();
  }

  /** A backend there, named by its address. */
  BackendConfig backend(int weight, int priority) {
    HostPort at = new HostPort(address.toString(), port);
    return new BackendConfig(at.toString(), at, weight, 0, priority, BackendMode.READY);
  }

  @Override
  public int compareTo(FoundAddress other) {
    return ORDER.compare(this, other);
  }
}
