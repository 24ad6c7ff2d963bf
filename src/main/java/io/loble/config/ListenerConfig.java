package io.loble.config;

import io.loble.model.Address;
import io.loble.model.HostPort;
import io.loble.model.TcpSettings;
import io.netty.util.NetUtil;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * An address to accept clients on.
 *
 * @param name unique among the listeners
 * @param pool the pool that serves its clients; empty where those are reset that no route takes
 * @param reusePort whether it may be opened where another process of the same user listens already,
 *     and is handed over to another one when this one stops
 * @param tcp of its clients' connections
 * @param socket of its listening socket
 * @param limits who may connect, how often, and how many at once
 * @param front what is learnt of its clients before a backend is picked
 * @param tls whether and how its clients are decrypted
 */
public record ListenerConfig(
    String name,
    Address address,
    String pool,
    boolean reusePort,
    TcpSettings tcp,
    SocketSettings socket,
    ListenerLimits limits,
    FrontConfig front,
    ListenerTls tls) {

  /** A listener of which the configuration says nothing about its socket and its clients. */
  public ListenerConfig(
      String name, Address address, String pool, boolean reusePort, TcpSettings tcp) {
    this(
        name,
        address,
        pool,
        reusePort,
        tcp,
        SocketSettings.DEFAULT,
        ListenerLimits.NONE,
        FrontConfig.NONE,
        ListenerTls.OFF);
  }

  /** A listener of which the configuration says nothing about TCP. */
  public ListenerConfig(String name, Address address, String pool, boolean reusePort) {
    this(name, address, pool, reusePort, TcpSettings.DEFAULT);
  }

  /** The same listener with other limits. */
  public ListenerConfig withLimits(ListenerLimits others) {
    return new ListenerConfig(name, address, pool, reusePort, tcp, socket, others, front, tls);
  }

  /** The same listener with other settings of its socket. */
  public ListenerConfig withSocket(SocketSettings others) {
    return new ListenerConfig(name, address, pool, reusePort, tcp, others, limits, front, tls);
  }

  /** This listener with something else to learn of its clients. */
  public ListenerConfig withFront(FrontConfig other) {
    return new ListenerConfig(name, address, pool, reusePort, tcp, socket, limits, other, tls);
  }

  /** This listener with other TLS. */
  public ListenerConfig withTls(ListenerTls other) {
    return new ListenerConfig(name, address, pool, reusePort, tcp, socket, limits, front, other);
  }

  /** Whether IPv4 clients have to be kept away from its socket. */
  public boolean excludesIpv4() {
    return socket.v6only()
        && address instanceof HostPort tcp
        && !NetUtil.isValidIpV4Address(tcp.host());
  }

  /** All pools that its clients may go to: its own first, then those of its routes. */
  public Set<String> pools() {
    Set<String> pools = new LinkedHashSet<>();
    if (!pool.isEmpty()) {
      pools.add(pool);
    }
    front.routes().forEach(route -> pools.add(route.pool()));
    return pools;
  }
}
