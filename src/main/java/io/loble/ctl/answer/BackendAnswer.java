package io.loble.ctl.answer;

import io.loble.model.BackendState;
import io.loble.model.Condition;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A backend, as a balancer shows it.
 *
 * @param source where it is named
 * @param since when it came into its state, as ISO 8601 has it; empty where that is not told
 * @param why what failed last, of one that failures keep out
 */
public record BackendAnswer(
    String name,
    String address,
    long weight,
    String state,
    String mode,
    String source,
    String since,
    String why,
    long active,
    long total,
    long failures,
    long bytesToBackend,
    long bytesToClient,
    Optional<RequestsAnswer> requests) {

  private static final String READY = "ready";

  public static BackendAnswer of(JsonObject json) {
    return new BackendAnswer(
        json.getString("name", ""),
        json.getString("address", ""),
        json.getLong("weight", 1L),
        json.getString("state", ""),
        json.getString("mode", READY),
        json.getString("source", SourceAnswer.CONFIGURATION),
        text(json, "since"),
        text(json, "why"),
        json.getLong("active", 0L),
        json.getLong("total", 0L),
        json.getLong("failures", 0L),
        json.getLong("bytes_to_backend", 0L),
        json.getLong("bytes_to_client", 0L),
        RequestsAnswer.of(json));
  }

  /** Why it is in its state: what failed, or else what is wanted of it; empty where all is well. */
  public String reason() {
    if (!why.isEmpty()) {
      return why;
    }
    return switch (mode) {
      case READY -> weight == 0 ? "weight 0: no new clients" : "";
      case "drain" -> "drained by the operator";
      case "leaving" ->
          isFound() ? "not named by " + source + " any more" : "being removed by the operator";
      default -> mode + " set by the operator";
    };
  }

  private static String text(JsonObject json, String key) {
    String text = json.getString(key);
    return text == null ? "" : text;
  }

  /** Whether its pool has found it, rather than that the configuration names it. */
  public boolean isFound() {
    return !source.equals(SourceAnswer.CONFIGURATION);
  }

  /** Whether the operator wants it to get clients. */
  public boolean isReady() {
    return mode.equals(READY);
  }

  /** Whether it gets new clients. */
  public boolean isUsable() {
    return BackendState.isInRotation(state) && mode.equals(READY) && weight > 0;
  }

  /** The state, and what the operator wants where that is something else. */
  public String stateAndMode() {
    if (weight == 0 && mode.equals(READY)) {
      return state + " (weight 0)";
    }
    return Condition.stateAndMode(state, mode);
  }
}
