package io.loble.proxy;

import io.loble.access.NetworkSet;
import io.loble.config.RouteAction;
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

  private final int index;
  private final RouteConfig config;
  private final Set<String> names;
  private final Set<String> protocols;
  private final NetworkSet networks;
  private final RequestConditions requests;

  Route(int index, RouteConfig config) {
    this.index = index;
    this.config = config;
    this.names = new HashSet<>(config.sni());
    this.protocols = new HashSet<>(config.alpn());
    this.networks = NetworkSet.of(config.client());
    this.requests = new RequestConditions(config.match());
  }

  /** Its place among the listener's routes, counted from 0 as the configuration's errors do. */
  public int index() {
    return index;
  }

  /** Where it leads; empty where clients are told to come back by TLS. */
  public String pool() {
    return config.pool();
  }

  /** What is done with the requests that it takes. */
  public RouteAction action() {
    return config.action();
  }

  /** Whether all conditions hold, those of the request too. */
  boolean takes(ClientInfo client, RequestInfo request) {
    return requests.hold(request) && takes(client);
  }

  /** Whether all conditions hold that a client meets, whatever it asks for. */
  boolean takes(ClientInfo client) {
    return (names.isEmpty() || nameOf(client.serverName()) != null)
        && (protocols.isEmpty() || protocolOf(client.alpn()) != null)
        && (networks.isEmpty() || isIn(client.address()));
  }

  private boolean isIn(@Nullable InetAddress address) {
    return address != null && networks.contains(address);
  }

  private @Nullable String nameOf(@Nullable String serverName) {
    return serverName == null ? null : HostNames.among(names, serverName);
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
    return together(reasons(client));
  }

  /** Why it takes a request that it takes. */
  public String why(ClientInfo client, RequestInfo request) {
    List<String> reasons = requests.reasons(request);
    reasons.addAll(reasons(client));
    return together(reasons);
  }

  private static String together(List<String> reasons) {
    return reasons.isEmpty() ? "it has no condition" : String.join(", ", reasons);
  }

  private List<String> reasons(ClientInfo client) {
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
    return reasons;
  }
}
