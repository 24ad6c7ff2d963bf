package io.loble.ctl.answer;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** A listener, as a balancer shows it. */
public record ListenerAnswer(
    String name,
    String address,
    String pool,
    long active,
    long accepted,
    long rejected,
    Optional<TlsAnswer> tls,
    Optional<RequestsAnswer> requests) {

  public static ListenerAnswer of(JsonObject json) {
    return new ListenerAnswer(
        json.getString("name", ""),
        json.getString("address", ""),
        json.getString("pool", ""),
        json.getLong("active", 0L),
        json.getLong("accepted", 0L),
        json.getLong("rejected", 0L),
        TlsAnswer.of(json),
        RequestsAnswer.of(json));
  }
}
