package io.loble.ctl.answer;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** The status, as a balancer shows it. */
public record StatusAnswer(
    String id,
    String version,
    long uptimeMillis,
    String transport,
    Optional<String> tlsEngine,
    boolean draining,
    long snapshotVersion,
    ConfigAnswer config,
    List<ListenerAnswer> listeners,
    List<PoolAnswer> pools) {

  public static StatusAnswer of(JsonObject json) {
    return new StatusAnswer(
        json.getString("id", ""),
        json.getString("version", ""),
        json.getLong("uptime_ms", 0L),
        json.getString("transport", ""),
        Optional.ofNullable(json.getString("tls_engine")),
        json.getBoolean("draining", false),
        json.getLong("snapshot_version", 0L),
        ConfigAnswer.of(json.getJsonObject("config", new JsonObject())),
        Items.of(json, "listeners", ListenerAnswer::of),
        Items.of(json, "pools", PoolAnswer::of));
  }
}
