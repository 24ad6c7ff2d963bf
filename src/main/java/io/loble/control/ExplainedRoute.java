package io.loble.control;

import io.loble.config.RouteAction;
import io.loble.config.RouteConfig;
import io.loble.proxy.ClientInfo;
import io.loble.proxy.ListenerRegistry;
import io.loble.proxy.Route;
import io.loble.proxy.Routes;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which route of a listener takes a client, or a request of it, and why.
 *
 * @param request what it asks for; null where the listener balances connections
 * @param route empty when none takes it
 * @param why null where the listener has no routes
 */
record ExplainedRoute(
    @Nullable StatedRequest request, Optional<Route> route, @Nullable String why) {

  static ExplainedRoute of(
      ListenerRegistry.Entry listener, ClientInfo client, @Nullable StatedRequest request) {
    List<RouteConfig> configs = listener.config().front().routes();
    Routes routes = new Routes(configs);
    Optional<Route> route = request == null ? routes.of(client) : routes.of(client, request);
    String otherwise = configs.isEmpty() ? null : "no route takes it";
    String why =
        route
            .map(taken -> request == null ? taken.why(client) : taken.why(client, request))
            .orElse(otherwise);
    return new ExplainedRoute(request, route, why);
  }

  /** The pool that it leads to; empty when there is none. */
  String pool(ListenerRegistry.Entry listener) {
    return route.map(Route::pool).orElse(listener.pool());
  }

  /** Whether the client is told to come back by TLS. */
  boolean redirects() {
    return action().redirectToHttps();
  }

  private RouteAction action() {
    return route.map(Route::action).orElse(RouteAction.NONE);
  }

  void put(JsonObject json) {
    json.put("route", route.map(Route::index).orElse(null))
        .put("route_why", why)
        .put("redirect", redirects() ? "https" : null)
        .put("backend_path", redirects() || request == null ? null : backendPath(request));
  }

  private String backendPath(StatedRequest asked) {
    return action().stripped(asked.path());
  }
}
