package io.loble.proxy;

import io.loble.config.RouteConfig;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The routes of a listener, in its order. Immutable; may be used from any thread. */
public final class Routes {

  private final List<Route> all;

  public Routes(List<RouteConfig> configs) {
    this.all =
        IntStream.range(0, configs.size()).mapToObj(i -> new Route(i, configs.get(i))).toList();
  }

  /** The first route that takes a client; empty when none does. */
  public Optional<Route> of(ClientInfo client) {
    for (Route route : all) {
      if (route.takes(client)) {
        return Optional.of(route);
      }
    }
    return Optional.empty();
  }
}
