package io.loble.ctl.answer;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** A pool, as a balancer shows it. */
public record PoolAnswer(String name, String algorithm, List<BackendAnswer> backends) {

  public static PoolAnswer of(JsonObject json) {
    return new PoolAnswer(
        json.getString("name", ""),
        json.getString("algorithm", ""),
        Items.of(json, "backends", BackendAnswer::of));
  }
}
