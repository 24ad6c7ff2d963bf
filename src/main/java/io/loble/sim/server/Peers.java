package io.loble.sim.server;

import io.loble.model.HostPort;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/** Names the other sides of connections in the log. */
final class Peers {

  private Peers() {}

  /** Its address and port; says so when it is gone and they are not known any more. */
  static String address(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress remote
        ? new HostPort(remote.getAddress().getHostAddress(), remote.getPort()).toString()
        : "a client that is gone";
  }
}
