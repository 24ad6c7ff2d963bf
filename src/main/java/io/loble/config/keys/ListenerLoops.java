package io.loble.config.keys;

import io.loble.config.ListenerConfig;
import io.loble.config.MachineAddresses;
import io.loble.config.PoolConfig;
import io.loble.model.Address;
import io.loble.model.HostPort;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds backends that are listeners of this very process and lead back to the pool that they are
 * in: each client would be connected to itself until descriptors run out. A listener in front of
 * another pool's listener is no loop.
 */
final class ListenerLoops {

  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

  private final List<ListenerConfig> listeners;
  private final Map<String, PoolConfig> pools;
  private @Nullable MachineAddresses machine;

  ListenerLoops(List<ListenerConfig> listeners, Map<String, PoolConfig> pools) {
    this.listeners = listeners;
    this.pools = pools;
  }

  /** The listener that a backend is, if its clients come back to the pool. */
  Optional<ListenerConfig> through(String pool, Address backend) {
    return listeners.stream()
        .filter(listener -> isAt(listener, backend))
        .filter(listener -> listener.pools().stream().anyMatch(own -> leadsTo(own, pool)))
        .findFirst();
  }

  private boolean leadsTo(String from, String to) {
    Set<String> seen = new HashSet<>(Set.of(from));
    Deque<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      String pool = open.remove();
      if (pool.equals(to)) {
        return true;
      }
      PoolConfig config = pools.get(pool);
      if (config != null) {
        config.backends().stream()
            .flatMap(b -> listeners.stream().filter(listener -> isAt(listener, b.address())))
            .flatMap(listener -> listener.pools().stream())
            .filter(seen::add)
            .forEach(open::add);
      }
    }
    return false;
  }

  private boolean isAt(ListenerConfig listener, Address backend) {
    Address address = listener.address();
    if (!address.mayClashWith(backend)) {
      return false;
    }
    return !(address instanceof HostPort listens && backend instanceof HostPort connects)
        || isAt(listener, listens.host(), connects.host());
  }

  private boolean isAt(ListenerConfig listener, String listens, String connects) {
    if (listener.excludesIpv4() && NetUtil.isValidIpV4Address(connects)) {
      return false;
    }
    return listens.equals(connects)
        || (WILDCARDS.contains(listens) && isThisMachine(connects))
        || (LOOPBACK.contains(listens) && leadsToLoopback(connects))
        || (listens.equals("localhost") && connects.equals("127.0.0.1"));
  }

  private static boolean leadsToLoopback(String host) {
    return WILDCARDS.contains(host) || host.equals("localhost");
  }

  /** Names are not looked up: what they mean may be another thing the next moment. */
  private boolean isThisMachine(String host) {
    if (leadsToLoopback(host)) {
      return true;
    }
    InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
    return address != null && machine().include(address);
  }

  /** Looked at once: where all backends have the listener's port, that is one look for each. */
  private MachineAddresses machine() {
    if (machine == null) {
      machine = MachineAddresses.now();
    }
    return machine;
  }
}
