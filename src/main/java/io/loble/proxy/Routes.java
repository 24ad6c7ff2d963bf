package io.loble.proxy;

import io.loble.config.RouteConfig;
import io.loble.config.RouteOrder;
import java.util.List;
import java.util.Optional;

/**
 * The routes of a listener, in the order in which they are asked. Immutable; may be used from any
 * thread.
 */
public final class Routes {

  private final List<Route> all;

  public Routes(List<RouteConfig> configs) {
    this.all =
        RouteOrder.of(configs).stream().map(index -> new Route(index, configs.get(index))).toList();
  }

  /** The first route that takes a client, whatever it asks for; empty when none does. */
  public Optional<Route> of(ClientInfo client) {
    for (Route route : all) {
      if (route.takes(client)) {
        return Optional.of(route);
      }
    }
    return Optional.empty();
  }

  /** The first route that takes a request of a client; empty when none does. */
  public Optional<Route> of(ClientInfo client, RequestInfo request) {
    for (Route route : all) {
      if (route.takes(client, request)) {
        return Optional.of(route);
      }
    }
    return Optional.empty();
  }
}
