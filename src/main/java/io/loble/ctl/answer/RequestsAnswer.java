package io.loble.ctl.answer;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The requests of a listener, a pool or a backend, as a balancer shows them.
 *
 * @param codes how many there were by the class of their status, without classes that had none
 * @param medianMillis how long half of them took at most; empty where there was none
 * @param nearlyAllMillis how long 99 of 100 took at most; empty where there was none
 */
public record RequestsAnswer(
    long total,
    Map<String, Long> codes,
    Optional<Double> medianMillis,
    Optional<Double> nearlyAllMillis) {

  private static final String FAILED = "5xx";

  /** What an answer says of the requests of one of its parts; empty where it balances none. */
  public static Optional<RequestsAnswer> of(JsonObject owner) {
    return Optional.ofNullable(owner.getJsonObject("requests")).map(RequestsAnswer::read);
  }

  private static RequestsAnswer read(JsonObject json) {
    JsonObject millis = json.getJsonObject("ms", new JsonObject());
    return new RequestsAnswer(
        json.getLong("total", 0L),
        counts(json.getJsonObject("codes", new JsonObject())),
        Optional.ofNullable(millis.getDouble("p50")),
        Optional.ofNullable(millis.getDouble("p99")));
  }

  private static Map<String, Long> counts(JsonObject codes) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String code : codes.fieldNames()) {
      long count = codes.getLong(code, 0L);
      if (count > 0) {
        counts.put(code, count);
      }
    }
    return counts;
  }

  /** How many were answered with a status from 500 on. */
  public long failed() {
    return codes.getOrDefault(FAILED, 0L);
  }
}
