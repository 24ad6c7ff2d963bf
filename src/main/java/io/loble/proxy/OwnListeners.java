package io.loble.proxy;

import io.loble.config.MachineAddresses;
import io.loble.model.Address;
import io.loble.model.HostPort;
import io.loble.model.UnixPath;
import io.loble.net.Literals;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where one event loop listens, and for which pools, so that a backend that turns out to be a
 * listener whose clients come back to its own pool is not connected to. What the configuration
 * shows is refused before; a name may come to mean such an address at any time.
 */
final class OwnListeners {

  /** How long what the machine's addresses are is believed: to ask takes a connect's time. */
  private static final long BELIEVED_NANOS = TimeUnit.SECONDS.toNanos(10);

  private record Own(ListenerState listener, Address bound) {}

  private final List<Own> listeners = new ArrayList<>();
  private final LongSupplier nanoTime;
  private final Supplier<MachineAddresses> machineNow;
  private final PoolLinks links;
  private @Nullable MachineAddresses machine;
  private long askedNanos;

  OwnListeners() {
    this(System::nanoTime, MachineAddresses::now);
  }

  OwnListeners(LongSupplier nanoTime, Supplier<MachineAddresses> machineNow) {
    this.nanoTime = nanoTime;
    this.machineNow = machineNow;
    this.links = new PoolLinks(nanoTime);
  }

  void opened(ListenerState listener, Address bound) {
    listeners.add(new Own(listener, bound));
  }

  void closed(ListenerState listener) {
    listeners.removeIf(own -> own.listener == listener);
  }

  /**
   * Whether a client of the pool that is connected there would come back to the pool, by way of
   * other pools' listeners too, as far as this event loop has seen clients go to them.
   */
  boolean leadsBack(InetSocketAddress address, String pool) {
    for (Own own : listeners) {
      if (own.bound instanceof HostPort bound
          && bound.port() == address.getPort()
          && isAt(own, bound, address.getAddress())
          && closesLoop(own, pool)) {
        return true;
      }
    }
    return false;
  }

  /** The same for a Unix socket. */
  boolean leadsBack(UnixPath path, String pool) {
    for (Own own : listeners) {
      if (own.bound.equals(path) && closesLoop(own, pool)) {
        return true;
      }
    }
    return false;
  }

  private boolean closesLoop(Own own, String pool) {
    return own.listener.config().pools().stream().anyMatch(next -> links.closesLoop(pool, next));
  }

  private boolean isAt(Own own, HostPort listens, @Nullable InetAddress address) {
    if (address == null) {
      return false;
    }
    InetAddress bound = Literals.address(listens.host());
    if (bound instanceof Inet6Address
        && address instanceof Inet4Address
        && own.listener.config().excludesIpv4()) {
      return false;
    }
    if (bound == null) {
      // A name: as good as always one of the loopback.
      return address.isLoopbackAddress();
    }
    return bound.equals(address)
        || (bound.isAnyLocalAddress() && machine().include(address))
        || (bound.isLoopbackAddress() && address.isAnyLocalAddress());
  }

  private MachineAddresses machine() {
    long now = nanoTime.getAsLong();
    if (machine == null || now - askedNanos > BELIEVED_NANOS) {
      machine = machineNow.get();
      askedNanos = now;
    }
    return machine;
  }
}
