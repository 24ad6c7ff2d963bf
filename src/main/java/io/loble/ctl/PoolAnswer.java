package io.loble.ctl;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** A pool, as a balancer shows it. */
record PoolAnswer(String name, String algorithm, List<BackendAnswer> backends) {

  static PoolAnswer of(JsonObject json) {
    return new PoolAnswer(
        json.getString("name", ""),
        json.getString("algorithm", ""),
        Items.of(json, "backends", BackendAnswer::of));
  }
}
