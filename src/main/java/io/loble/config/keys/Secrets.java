package io.loble.config.keys;

import io.loble.config.read.HttpScalars;
import io.loble.config.read.SettingChange;
import io.vertx.core.json.JsonObject;

/**
 * Takes secrets out of what is shown of a configuration. What stands there instead is refused where
 * a configuration is read, so that nobody goes on with it unawares.
 */
public final class Secrets {

  private static final String COOKIE = "cookie";
  private static final String SECRET = "secret";

  private Secrets() {}

  /** Hides those of a whole configuration. */
  public static JsonObject hiddenIn(JsonObject config) {
    JsonObject pools = config.getJsonObject(Tables.POOLS, new JsonObject());
    pools.fieldNames().forEach(name -> hiddenInPool(pools.getJsonObject(name)));
    return config;
  }

  /** Hides those of a pool. */
  public static JsonObject hiddenInPool(JsonObject pool) {
    JsonObject cookie = pool.getJsonObject(COOKIE);
    if (cookie != null && !cookie.getString(SECRET, "").isEmpty()) {
      cookie.put(SECRET, HttpScalars.HIDDEN_SECRET);
    }
    return pool;
  }

  /** Hides what a secret of a pool was and is. */
  public static SettingChange hiddenInPool(SettingChange change) {
    return change.key().equals(COOKIE + '.' + SECRET)
        ? new SettingChange(change.key(), hidden(change.before()), hidden(change.after()))
        : change;
  }

  private static Object hidden(Object secret) {
    return secret.equals("") ? secret : HttpScalars.HIDDEN_SECRET;
  }
}
