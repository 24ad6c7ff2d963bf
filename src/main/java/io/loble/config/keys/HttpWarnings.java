package io.loble.config.keys;

import io.loble.config.PoolConfig;
import io.loble.config.read.Place;
import io.loble.model.HttpRules;
import io.loble.model.StickyCookie;
import java.util.ArrayList;
import java.util.List;

/** Finds keys about requests in a pool that gets none. */
final class HttpWarnings {

  private HttpWarnings() {}

  /** All of it in a pool that only gets connections, a sentence for each. */
  static List<String> withoutRequests(PoolConfig pool) {
    List<String> found = new ArrayList<>();
    HttpRules rules = pool.outbound().http();
    if (!rules.withCookie(StickyCookie.OFF).equals(HttpRules.DEFAULT)) {
      found.add(useless(pool, PoolHttpKeys.POOL_HTTP.name()));
    }
    if (rules.cookie().isOn()) {
      found.add(useless(pool, PoolHttpKeys.COOKIE.name()));
    }
    return found;
  }

  private static String useless(PoolConfig pool, String table) {
    return Place.of("").child(Tables.POOLS).child(pool.name()).child(table).key()
        + ": has no effect, since no listener of this pool has mode http";
  }
}
