package io.loble.net;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** What can be said of the other end of a connection, of whatever kind it is. */
public final class PeerAddress {

  private PeerAddress() {}

  /** Its IP address; null where it has none. */
  public static @Nullable InetAddress ip(SocketAddress peer) {
    return peer instanceof InetSocketAddress tcp ? tcp.getAddress() : null;
  }

  /** {@code 10.0.0.7:40512}, {@code [2001:db8::1]:40512} or {@code unix}. */
  public static String text(SocketAddress peer) {
    return peer instanceof InetSocketAddress tcp
        ? NetUtil.toSocketAddressString(tcp)
        : peer.toString();
  }
}
