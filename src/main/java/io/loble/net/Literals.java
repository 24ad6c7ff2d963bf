package io.loble.net;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Hosts that are addresses already, and need not be looked up. */
public final class Literals {

  private Literals() {}

  /** The address, with the zone it may have ({@code fe80::1%eth0}); null for a name. */
  public static @Nullable InetAddress address(String host) {
    if (!NetUtil.isValidIpV4Address(host) && !NetUtil.isValidIpV6Address(host)) {
      return null;
    }
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      // A zone that this machine does not have: the resolver will say so.
      return null;
    }
  }
}
