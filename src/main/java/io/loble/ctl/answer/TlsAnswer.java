package io.loble.ctl.answer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * TLS of a listener or a pool, as a balancer shows it.
 *
 * @param verify what a pool checks of its backends; empty for a listener
 * @param certificates how many there are
 * @param first the one that ends first
 * @param failed how many handshakes have failed, by reason
 * @param warnings what somebody has to do something about
 */
public record TlsAnswer(
    String verify,
    long certificates,
    Optional<Ending> first,
    long ok,
    long resumed,
    Map<String, Long> failed,
    List<String> warnings) {

  /** When a certificate ends. */
  public record Ending(String file, long daysLeft) {

    private static Ending of(JsonObject certificate) {
      return new Ending(certificate.getString("file", ""), certificate.getLong("days_left", 0L));
    }
  }

  /**
   * What an answer says of the TLS of one of its parts; empty when that has none.
   *
   * @param owner a listener or a pool
   */
  public static Optional<TlsAnswer> of(JsonObject owner) {
    return Optional.ofNullable(owner.getJsonObject("tls")).map(TlsAnswer::read);
  }

  private static TlsAnswer read(JsonObject json) {
    JsonObject handshakes = json.getJsonObject("handshakes", new JsonObject());
    return new TlsAnswer(
        json.getString("verify", ""),
        json.getLong("certificate_count", 0L),
        first(json).map(Ending::of),
        handshakes.getLong("ok", 0L),
        handshakes.getLong("resumed", 0L),
        failed(handshakes.getJsonObject("failed_by", new JsonObject())),
        json.getJsonArray("warnings", new JsonArray()).stream().map(String::valueOf).toList());
  }

  /** They are in the order of their ends. */
  private static Optional<JsonObject> first(JsonObject json) {
    return Items.of(json, "certificates", item -> item).stream()
        .findFirst()
        .or(() -> Optional.ofNullable(json.getJsonObject("certificate")));
  }

  /** Without the reasons for which none has. */
  private static Map<String, Long> failed(JsonObject byReason) {
    Map<String, Long> failed = new LinkedHashMap<>();
    for (String reason : byReason.fieldNames()) {
      long count = byReason.getLong(reason, 0L);
      if (count > 0) {
        failed.put(reason, count);
      }
    }
    return failed;
  }
}
