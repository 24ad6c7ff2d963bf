package io.loble.control;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * How a change went, or would go.
 *
 * @param version the version that is in force
 * @param steps what was done; empty when all was as it should be already
 */
record Applied(long version, List<Step> steps) {

  boolean changed() {
    return !steps.isEmpty();
  }

  JsonArray stepsToJson() {
    JsonArray json = new JsonArray();
    steps.forEach(step -> json.add(step.toJson()));
    return json;
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("version", version)
        .put("changed", changed())
        .put("steps", stepsToJson());
  }
}
