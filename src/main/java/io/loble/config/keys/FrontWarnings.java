package io.loble.config.keys;

import io.loble.config.AcceptProxy;
import io.loble.config.FrontConfig;
import io.loble.config.ListenerConfig;
import io.loble.config.RouteConfig;
import java.util.ArrayList;
import java.util.List;

/** Finds what is valid in the routes of a listener and probably a mistake. */
final class FrontWarnings {

  private FrontWarnings() {}

  /** All of it, a sentence for each, which begins with the key. */
  static List<String> of(ListenerConfig listener) {
    List<String> found = new ArrayList<>();
    FrontConfig front = listener.front();
    String key = "listeners." + listener.name();
    if (!front.acceptProxyFrom().isEmpty() && front.acceptProxy() == AcceptProxy.OFF) {
      found.add(key + ".accept_proxy_from: has no effect while accept_proxy is off");
    }
    if (listener.pool().isEmpty() && front.routes().isEmpty()) {
      found.add(key + ".pool: there is neither a pool nor a route, so every client is refused");
    }
    found.addAll(TlsWarnings.of(listener));
    List<RouteConfig> routes = front.routes();
    for (int later = 1; later < routes.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        if (routes.get(earlier).covers(routes.get(later))) {
          found.add(unreachable(key, earlier, later));
          break;
        }
      }
    }
    return found;
  }

  private static String unreachable(String key, int earlier, int later) {
    return "%s.routes[%d]: is never taken, since routes[%d] takes all of its clients before"
        .formatted(key, later, earlier);
  }
}
