package io.loble.testbed;

import io.loble.model.HostPort;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Makes what the balancer is started with. */
public final class BalancerConf {

  private static final String ANY_PORT = "127.0.0.1:0";

  private BalancerConf() {}

  /**
   * What {@code -conf} would hold.
   *
   * @param addresses where each server of the plan is, by id
   */
  public static JsonObject of(TestbedPlan plan, Map<String, HostPort> addresses) {
    JsonObject keys = defaults(plan.balancer()).mergeIn(plan.balancer(), true);
    for (ServerPlan server : plan.servers()) {
      server
          .pool()
          .ifPresent(
              pool ->
                  backends(keys, pool)
                      .add(
                          server
                              .backend()
                              .put("name", server.id())
                              .put("address", String.valueOf(addresses.get(server.id())))));
    }
    return new JsonObject().put("config", "").put("overrides", keys);
  }

  private static JsonObject defaults(JsonObject given) {
    JsonObject keys =
        new JsonObject()
            .put("admin", new JsonObject().put("address", ANY_PORT))
            .put("timeouts", new JsonObject().put("drain", "100ms"));
    return given.containsKey("listeners")
        ? keys
        : keys.put("listener", new JsonObject().put("address", ANY_PORT));
  }

  /** The backends of a pool, whether or not there are any yet. */
  private static JsonArray backends(JsonObject keys, String pool) {
    JsonObject table =
        pool.equals(ServerPlan.DEFAULT_POOL) ? keys : object(object(keys, "pools"), pool);
    table.getMap().computeIfAbsent("backends", key -> new JsonArray());
    return table.getJsonArray("backends");
  }

  private static JsonObject object(JsonObject parent, String key) {
    parent.getMap().computeIfAbsent(key, ignored -> new JsonObject());
    return parent.getJsonObject(key);
  }
}
