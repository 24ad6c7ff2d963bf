package io.loble.scenario;

import io.loble.scenario.ModelConfig.Backend;
import io.loble.scenario.ModelConfig.Listener;
import io.loble.scenario.ModelConfig.Pool;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a balancer's status shows, in the terms of the model. */
final class ShownState {

  private final JsonObject status;

  ShownState(JsonObject status) {
    this.status = status;
  }

  long version() {
    return config().getLong("version");
  }

  long snapshotVersion() {
    return status.getLong("snapshot_version");
  }

  JsonObject config() {
    return status.getJsonObject("config");
  }

  JsonArray differs() {
    return config().getJsonArray("differs");
  }

  /** Every listener and its pool, with the address where it was chosen. */
  Map<String, String> listeners() {
    return objects(status.getJsonArray("listeners")).stream()
        .collect(
            Collectors.toMap(
                listener -> listener.getString("name"),
                listener -> listener.getString("pool") + ' ' + listener.getString("address")));
  }

  /** What the status would show of such listeners. */
  Map<String, String> expectedListeners(Map<String, Listener> listeners) {
    Map<String, String> shown = listeners();
    Map<String, String> expected = new TreeMap<>();
    listeners.forEach(
        (name, listener) -> {
          String address =
              listener.address().endsWith(":0")
                  ? chosen(listener.address(), shown.getOrDefault(name, ""))
                  : listener.address();
          expected.put(name, listener.pool() + ' ' + address);
        });
    return expected;
  }

  private static String chosen(String address, String shown) {
    String port = shown.substring(shown.lastIndexOf(':') + 1);
    return port.equals("0") ? "a port" : address.replaceFirst(":0$", ":" + port);
  }

  /** The pools and their backends, but for what is leaving; of retries nothing is shown. */
  Map<String, Pool> pools() {
    Map<String, Pool> pools = new TreeMap<>();
    for (JsonObject pool : objects(status.getJsonArray("pools"))) {
      List<JsonObject> backends = objects(pool.getJsonArray("backends"));
      Map<String, Backend> staying =
          backends.stream()
              .filter(backend -> !isLeaving(backend))
              .collect(Collectors.toMap(b -> b.getString("name"), ShownState::backend));
      boolean leaves = staying.isEmpty() && !backends.isEmpty();
      pools.put(
          pool.getString("name"),
          new Pool(leaves ? "leaving" : pool.getString("algorithm"), 0, staying));
    }
    return pools;
  }

  boolean hasLeaving() {
    return objects(status.getJsonArray("pools")).stream()
        .flatMap(pool -> objects(pool.getJsonArray("backends")).stream())
        .anyMatch(ShownState::isLeaving);
  }

  /** Connections that are open. */
  long active() {
    return objects(status.getJsonArray("listeners")).stream()
        .mapToLong(listener -> listener.getLong("active"))
        .sum();
  }

  long activeOf(String backend) {
    return objects(status.getJsonArray("pools")).stream()
        .flatMap(pool -> objects(pool.getJsonArray("backends")).stream())
        .filter(shown -> shown.getString("name").equals(backend))
        .mapToLong(shown -> shown.getLong("active"))
        .sum();
  }

  private static boolean isLeaving(JsonObject backend) {
    return backend.getString("mode").equals("leaving");
  }

  private static Backend backend(JsonObject shown) {
    return new Backend(
        shown.getString("address"),
        shown.getInteger("weight"),
        shown.getInteger("max_connections"),
        shown.getString("mode"));
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }
}
