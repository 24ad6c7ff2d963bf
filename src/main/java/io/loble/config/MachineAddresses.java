package io.loble.config;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The addresses of this machine, as they were at one moment. Asking the system for them takes much
 * longer than a look into this.
 */
public final class MachineAddresses {

  private final Set<InetAddress> addresses;

  private MachineAddresses(Set<InetAddress> addresses) {
    this.addresses = addresses;
  }

  /** Those that its interfaces have now; those of the loopback only, where that cannot be told. */
  public static MachineAddresses now() {
    try {
      return new MachineAddresses(
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .collect(Collectors.toUnmodifiableSet()));
    } catch (SocketException e) {
      return new MachineAddresses(Set.of());
    }
  }

  /** Whether what is connected to that address comes to this machine. */
  public boolean include(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || addresses.contains(address);
  }
}
