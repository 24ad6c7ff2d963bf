package io.loble.ctl.answer;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** A pool, as a balancer shows it. */
public record PoolAnswer(
    String name,
    String algorithm,
    Optional<TlsAnswer> tls,
    Optional<RequestsAnswer> requests,
    List<SourceAnswer> sources,
    List<BackendAnswer> backends) {

  public static PoolAnswer of(JsonObject json) {
    return new PoolAnswer(
        json.getString("name", ""),
        json.getString("algorithm", ""),
        TlsAnswer.of(json),
        RequestsAnswer.of(json),
        Items.of(json, "discovery", SourceAnswer::of),
        Items.of(json, "backends", BackendAnswer::of));
  }
}
