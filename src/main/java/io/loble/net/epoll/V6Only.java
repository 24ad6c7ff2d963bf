package io.loble.net.epoll;

import io.netty.channel.ChannelException;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Keeps IPv4 away from a socket of IPv6: {@code IPV6_V6ONLY} in ipv6(7). */
final class V6Only {

  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;

  private V6Only() {}

  /** To be called before the socket is bound. */
  static void set(Socket socket) throws IOException {
    ByteBuffer on = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
    on.putInt(0, 1);
    try {
      socket.setRawOpt(IPPROTO_IPV6, IPV6_V6ONLY, on);
    } catch (ChannelException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
