package io.loble.config.keys;

import io.loble.config.AcceptProxy;
import io.loble.config.FrontConfig;
import io.loble.config.ListenerConfig;
import io.loble.config.RouteConfig;
import io.loble.config.RouteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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
    found.addAll(unreachable(key, front.routes()));
    if (listener.http().on() && listener.tls().isOn()) {
      found.addAll(circular(key, front.routes()));
    }
    return found;
  }

  private static List<String> unreachable(String key, List<RouteConfig> routes) {
    List<String> found = new ArrayList<>();
    List<Integer> asked = RouteOrder.of(routes);
    for (int i = 1; i < asked.size(); i++) {
      int later = asked.get(i);
      asked.subList(0, i).stream()
          .filter(earlier -> routes.get(earlier).covers(routes.get(later)))
          .findFirst()
          .ifPresent(earlier -> found.add(unreachable(key, earlier, later)));
    }
    return found;
  }

  private static List<String> circular(String key, List<RouteConfig> routes) {
    return IntStream.range(0, routes.size())
        .filter(i -> routes.get(i).action().redirectToHttps())
        .mapToObj(
            i ->
                "%s.routes[%d].redirect: clients come by TLS already, and may be sent here again and again"
                    .formatted(key, i))
        .toList();
  }

  private static String unreachable(String key, int earlier, int later) {
    return "%s.routes[%d]: is never taken, since routes[%d] takes all of its clients before"
        .formatted(key, later, earlier);
  }
}
