package io.loble.net;

import java.net.InetSocketAddress;

/** Is given the clients of a listening socket, on the event loop that they belong to. */
@FunctionalInterface
public interface Acceptor {

  /** Takes charge of a client, whose stream has no owner yet. */
  void accepted(Stream client, InetSocketAddress from);
}
