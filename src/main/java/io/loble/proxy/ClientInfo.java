package io.loble.proxy;

import io.loble.balancer.ClientKey;
import io.loble.model.HashOn;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a client before a backend is picked.
 *
 * @param address its own, or the one that a header of the PROXY protocol names; null for a client
 *     of a Unix socket that none names
 * @param serverName the host that its ClientHello asks for, in lower case; null when it names none
 * @param alpn the protocols that its ClientHello offers
 */
public record ClientInfo(
    @Nullable InetAddress address, @Nullable String serverName, List<String> alpn) {
  public ClientInfo {
    alpn = List.copyOf(alpn);
  }

  /** What the choice of a backend may depend on, as far as it does not depend on the port. */
  ClientKey key(HashOn on) {
    return key(on, address, serverName);
  }

  static ClientKey key(HashOn on, @Nullable InetAddress address, @Nullable String serverName) {
    if (on == HashOn.SNI && serverName != null) {
      return ClientKey.of(serverName);
    }
    return address == null ? ClientKey.WITHOUT_ADDRESS : ClientKey.of(address.getAddress());
  }
}
