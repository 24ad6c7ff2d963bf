package io.loble.proxy;

import io.loble.model.HostPort;
import io.loble.net.Literals;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one event loop listens, and for which pools, so that a backend that turns out to be a
 * listener of its own pool is not connected to. What the configuration shows is refused before; a
 * name may come to mean such an address at any time.
 */
final class OwnListeners {

  private record Own(Listener listener, HostPort bound) {}

  private final List<Own> listeners = new ArrayList<>();

  void opened(Listener listener, HostPort bound) {
    listeners.add(new Own(listener, bound));
  }

  void closed(Listener listener) {
    listeners.removeIf(own -> own.listener == listener);
  }

  /** Whether a client of the pool that is connected there would come back to the pool. */
  boolean leadBack(InetSocketAddress address, String pool) {
    for (Own own : listeners) {
      if (own.bound.port() == address.getPort()
          && own.listener.config().pool().equals(pool)
          && isAt(own.bound.host(), address.getAddress())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAt(String host, InetAddress address) {
    InetAddress bound = Literals.address(host);
    if (bound == null) {
      // A name: as good as always one of the loopback.
      return address.isLoopbackAddress();
    }
    return bound.equals(address)
        || (bound.isAnyLocalAddress() && isThisMachine(address))
        || (bound.isLoopbackAddress() && address.isAnyLocalAddress());
  }

  private static boolean isThisMachine(@Nullable InetAddress address) {
    try {
      return address != null
          && (address.isLoopbackAddress()
              || address.isAnyLocalAddress()
              || NetworkInterface.getByInetAddress(address) != null);
    } catch (SocketException e) {
      return false;
    }
  }
}
