package io.loble.upstream.health;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What one event loop has counted in an interval, as a JSON message. */
record TallyReport(List<Tally> tallies) {

  /** Event-bus address that health listens on. */
  static final String ADDRESS = "loble.tallies";

  TallyReport {
    tallies = List.copyOf(tallies);
  }

  JsonObject toJson() {
    JsonArray array = new JsonArray();
    tallies.forEach(tally -> array.add(tally.toJson()));
    return new JsonObject().put("tallies", array);
  }

  static TallyReport fromJson(JsonObject json) {
    return new TallyReport(
        json.getJsonArray("tallies").stream()
            .map(JsonObject.class::cast)
            .map(Tally::fromJson)
            .toList());
  }
}
