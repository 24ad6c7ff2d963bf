package io.loble.control;

import io.loble.model.Discovered;
import io.loble.model.DiscoveryStats;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Renders the sources that a pool finds backends by. */
final class DiscoveryView {

  private DiscoveryView() {}

  /** Each source, the one that has precedence first. */
  static JsonArray of(DiscoveryStats stats) {
    JsonArray sources = new JsonArray();
    stats.all().forEach(source -> sources.add(source(source)));
    return sources;
  }

  private static JsonObject source(DiscoveryStats.OfSource stats) {
    Discovered now = stats.now();
    JsonObject answers = new JsonObject();
    for (Discovered.State state : Discovered.State.values()) {
      if (state != Discovered.State.WAITING) {
        answers.put(state.label(), stats.total(state));
      }
    }
    return new JsonObject()
        .put("source", now.source().label())
        .put("of", now.what())
        .put("state", now.state().label())
        .put("detail", now.detail().isEmpty() ? null : now.detail())
        .put("backends", now.backends())
        .put("since", text(now.since()))
        .put("answered_at", text(now.answeredAt()))
        .put("answers", answers)
        .put("changes", stats.changes());
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
