package io.loble.http;

import io.loble.balancer.Choice;
import io.loble.balancer.ClientKey;
import io.loble.balancer.Picker;
import io.loble.config.RouteAction;
import io.loble.model.Backend;
import io.loble.model.Pool;
import io.loble.proxy.RequestClient;
import io.loble.proxy.Route;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Where one request is to go: by its route to a pool, and there by the cookie to a backend. */
final class Destination {

  private final RequestClient client;
  private final StickySessions sessions;
  private final Asked asked;
  private final @Nullable Route route;
  private @Nullable Backend preferred;

  /**
   * @param route that takes it; null when none does
   */
  Destination(RequestClient client, StickySessions sessions, Asked asked, @Nullable Route route) {
    this.client = client;
    this.sessions = sessions;
    this.asked = asked;
    this.route = route;
  }

  @Nullable Route route() {
    return route;
  }

  RouteAction action() {
    return route == null ? RouteAction.NONE : route.action();
  }

  /** The pool as it is now; null when the request is to go nowhere. */
  @Nullable Pool pool() {
    Picker picker = picker();
    return picker == null ? null : picker.pool();
  }

  private @Nullable Picker picker() {
    return client.listener().picker(route);
  }

  /** Looks for the backend that the client had before. */
  void prefer(Pool pool) {
    if (isSticky(pool)) {
      preferred = sessions.backend(pool, asked.headers().getAll(HttpHeaders.COOKIE));
    }
  }

  private static boolean isSticky(Pool pool) {
    return pool.outbound().http().cookie().isOn();
  }

  /** Begins a choice, as the pool is now and where the listener still leads the client to it. */
  Choice choice(Pool first) {
    Picker now = picker();
    if (now == null || !now.pool().name().equals(first.name())) {
      return Choice.none();
    }
    ClientKey key = client.key(first.rules().balancing().hashOn());
    return now.choose(key, preferred);
  }

  /**
   * The cookie that the client of a backend gets with its answer; null when it needs none. One
   * whose backend is only full for now comes back to it.
   *
   * @param attempts how many backends were tried
   */
  @Nullable String newCookie(Pool pool, Backend backend, int attempts, boolean encrypted) {
    boolean known = preferred != null && (attempts == 1 || preferred.name().equals(backend.name()));
    return known || !isSticky(pool) ? null : sessions.cookie(pool, backend, encrypted);
  }
}
