package io.loble.preface;

import java.net.InetAddress;

/** One end of a connection, as a header of the PROXY protocol names it. */
public sealed interface ProxyAddress {

  /**
   * An end of a TCP connection.
   *
   * @param address an IPv4 address where the header had an IPv4-mapped IPv6 address
   * @param port 0 to 65535
   */
  record Ip(InetAddress address, int port) implements ProxyAddress {
    public Ip {
      if (port < 0 || port > 0xffff) {
        throw new IllegalArgumentException("port " + port);
      }
    }
  }

  /**
   * An end of a connection between Unix sockets.
   *
   * @param path empty for a socket without a name; begins with a NUL character for one in Linux's
   *     abstract namespace. May contain anything that the sender of the header wrote
   */
  record Unix(String path) implements ProxyAddress {}
}
