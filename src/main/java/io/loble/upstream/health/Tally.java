package io.loble.upstream.health;

import io.vertx.core.json.JsonObject;

/**
 * How many connections to one backend ended in which way, on one event loop, since that loop last
 * reported.
 *
 * @param address where the connections went, which a backend of that name may have left since
 * @param successes connections on which the backend sent a byte, or which ended cleanly
 * @param failures connections that could not be made, or that the backend reset before its first
 *     byte; each was reported by an {@link Outcome} as well
 * @param earlyCloses those of the successes which the backend ended soon and without a byte
 * @param earlyClosesInARow how many of the early closes came after every other outcome
 */
public record Tally(
    String pool,
    String backend,
    String address,
    long successes,
    long failures,
    long earlyCloses,
    long earlyClosesInARow) {

  JsonObject toJson() {
    return new JsonObject()
        .put("pool", pool)
        .put("backend", backend)
        .put("address", address)
        .put("successes", successes)
        .put("failures", failures)
        .put("early_closes", earlyCloses)
        .put("early_closes_in_a_row", earlyClosesInARow);
  }

  static Tally fromJson(JsonObject json) {
    return new Tally(
        json.getString("pool", ""),
        json.getString("backend", ""),
        json.getString("address", ""),
        json.getLong("successes", 0L),
        json.getLong("failures", 0L),
        json.getLong("early_closes", 0L),
        json.getLong("early_closes_in_a_row", 0L));
  }

  /** Whether the early closes in a row came after nothing else. */
  boolean isOnlyEarlyCloses() {
    return successes + failures == earlyClosesInARow;
  }
}
