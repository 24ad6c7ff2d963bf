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
 * @param http whether and how requests are balanced, and not connections; clients that are
 *     decrypted are then offered {@link ListenerHttp#PROTOCOLS} where {@code tls} names none
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
    ListenerTls tls,
    ListenerHttp http) {

  public ListenerConfig {
    if (http.on() && tls.isOn() && tls.alpn().isEmpty()) {
      tls = tls.withAlpn(ListenerHttp.PROTOCOLS);
    }
  }

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
        ListenerTls.OFF,
        ListenerHttp.OFF);
  }

  /** A listener of which the configuration says nothing about TCP. */
  public ListenerConfig(String name, Address address, String pool, boolean reusePort) {
    this(name, address, pool, reusePort, TcpSettings.DEFAULT);
  }

  /** The same listener with other limits. */
  public ListenerConfig withLimits(ListenerLimits others) {
    return new ListenerConfig(
        name, address, pool, reusePort, tcp, socket, others, front, tls, http);
  }

  /** The same listener with other settings of its socket. */
  public ListenerConfig withSocket(SocketSettings others) {
    return new ListenerConfig(
        name, address, pool, reusePort, tcp, others, limits, front, tls, http);
  }

  /** This listener with something else to learn of its clients. */
  public ListenerConfig withFront(FrontConfig other) {
    return new ListenerConfig(
        name, address, pool, reusePort, tcp, socket, limits, other, tls, http);
  }

  /** This listener with other TLS. */
  public ListenerConfig withTls(ListenerTls other) {
    return new ListenerConfig(
        name, address, pool, reusePort, tcp, socket, limits, front, other, http);
  }

  /** This listener when it balances requests in another way, or does not. */
  public ListenerConfig withHttp(ListenerHttp other) {
    return new ListenerConfig(
        name, address, pool, reusePort, tcp, socket, limits, front, tls, other);
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
    front.routes().stream()
        .map(RouteConfig::pool)
        .filter(routed -> !routed.isEmpty())
        .forEach(pools::add);
    return pools;
  }
}
