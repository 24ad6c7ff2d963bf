package io.loble.proxy;

import io.loble.access.NetworkSet;
import io.loble.config.RouteConfig;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One route of a listener, made ready to be asked: what it takes to ask does not grow with the
 * number of its names and networks. Immutable; may be used from any thread.
 */
public final class Route {

  private static final String WILDCARD = "*";

  private final int index;
  private final RouteConfig config;
  private final Set<String> names;
  private final Set<String> protocols;
  private final NetworkSet networks;

  Route(int index, RouteConfig config) {
    this.index = index;
    this.config = config;
    this.names = new HashSet<>(config.sni());
    this.protocols = new HashSet<>(config.alpn());
    this.networks = NetworkSet.of(config.client());
  }

  /** Its place among the listener's routes, counted from 0 as the configuration's errors do. */
  public int index() {
    return index;
  }

  public String pool() {
    return config.pool();
  }

  /** Whether all conditions hold. */
  boolean takes(ClientInfo client) {
    return (names.isEmpty() || nameOf(client.serverName()) != null)
        && (protocols.isEmpty() || protocolOf(client.alpn()) != null)
        && (networks.isEmpty() || isIn(client.address()));
  }

  private boolean isIn(@Nullable InetAddress address) {
    return address != null && networks.contains(address);
  }

  /** The name among the conditions that a client's is; null when none is. */
  private @Nullable String nameOf(@Nullable String serverName) {
    if (serverName == null || names.contains(serverName)) {
      return serverName;
    }
    for (int dot = serverName.indexOf('.'); dot >= 0; dot = serverName.indexOf('.', dot + 1)) {
      String pattern = WILDCARD + serverName.substring(dot);
      if (names.contains(pattern)) {
        return pattern;
      }
    }
    return null;
  }

  private @Nullable String protocolOf(List<String> offered) {
    for (String protocol : offered) {
      if (protocols.contains(protocol)) {
        return protocol;
      }
    }
    return null;
  }

  /** Why it takes a client that it takes: each condition, and what meets it. */
  public String why(ClientInfo client) {
    List<String> reasons = new ArrayList<>();
    if (!names.isEmpty()) {
      reasons.add("sni " + nameOf(client.serverName()));
    }
    if (!protocols.isEmpty()) {
      reasons.add("alpn " + protocolOf(client.alpn()));
    }
    if (!networks.isEmpty()) {
      Optional.ofNullable(client.address())
          .flatMap(networks::networkOf)
          .ifPresent(network -> reasons.add("client " + network));
    }
    return reasons.isEmpty() ? "it has no condition" : String.join(", ", reasons);
  }
}
