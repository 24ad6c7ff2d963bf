package io.loble.control;

import io.loble.config.LobleConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A configuration that is or was in force.
 *
 * @param number 1 at start, one more for each change
 * @param at when it came into force
 * @param who who asked for it
 * @param what what was asked for
 * @param changes what that changed, since the version before
 */
record ConfigVersion(
    long number, LobleConfig config, Instant at, String who, String what, ChangeSummary changes) {

  JsonObject toJson() {
    return new JsonObject()
        .put("version", number)
        .put("at", at.truncatedTo(ChronoUnit.MILLIS).toString())
        .put("who", who)
        .put("what", what)
        .put("changes", new JsonArray(changes.shown()))
        .put("more_changes", changes.more());
  }
}
