package io.loble.config.keys;

import io.loble.config.ListenerConfig;
import io.loble.config.ListenerTls;
import io.loble.config.ListenerTls.ClientAuth;
import io.loble.config.PoolConfig;
import io.loble.config.RouteConfig;
import io.loble.config.read.Place;
import io.loble.model.PoolTls;
import io.loble.model.PoolTls.Verify;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds what is valid in keys about TLS and probably a mistake, without a look at any file. */
final class TlsWarnings {

  private TlsWarnings() {}

  /** All of it, a sentence for each, which begins with the key. */
  static List<String> of(ListenerConfig listener) {
    ListenerTls tls = listener.tls();
    if (!tls.isOn()) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    String key = "listeners." + listener.name();
    if (!tls.clientCa().isEmpty() && tls.clientAuth() == ClientAuth.NONE) {
      found.add(key + ".tls.client_ca: has no effect while client_auth is none");
    }
    List<RouteConfig> routes = listener.front().routes();
    for (int i = 0; i < routes.size(); i++) {
      List<String> alpn = routes.get(i).alpn();
      if (!alpn.isEmpty() && Collections.disjoint(alpn, tls.alpn())) {
        found.add(
            "%s.routes[%d].alpn: is never taken, since tls.alpn has none of its protocols"
                .formatted(key, i));
      }
    }
    return found;
  }

  /** The same of a pool. */
  static List<String> of(PoolConfig pool) {
    PoolTls tls = pool.outbound().tls();
    if (!tls.enabled() || tls.verify() != Verify.NONE) {
      return List.of();
    }
    String key = Place.of("").child(Tables.POOLS).child(pool.name()).key() + ".tls.";
    List<String> found = new ArrayList<>();
    found.add(
        key
            + "verify: nothing is checked of backends: whoever is between can read and change"
            + " everything");
    if (!tls.ca().isEmpty()) {
      found.add(key + "ca: has no effect while verify is none");
    }
    return found;
  }
}
