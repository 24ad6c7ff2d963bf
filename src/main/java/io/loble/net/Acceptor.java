package io.loble.net;

import java.net.SocketAddress;

/** Is given the clients of a listening socket, on the event loop that they belong to. */
@FunctionalInterface
public interface Acceptor {

  /**
   * Takes charge of a client, whose stream has no owner yet.
   *
   * @param from its other end: an {@link java.net.InetSocketAddress} or a {@link UnixPeer}
   */
  void accepted(Stream client, SocketAddress from);
}
