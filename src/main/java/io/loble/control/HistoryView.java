package io.loble.control;

import io.loble.history.HistoryPage;
import io.loble.history.HistoryQuery;
import io.loble.history.Scope;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Renders a history as JSON. */
final class HistoryView {

  /** Values from here on are shown without fractions. */
  private static final float LARGE = 1_000;

  private static final double THOUSANDTHS = 1_000;

  private HistoryView() {}

  static JsonObject of(HistoryQuery query, HistoryPage page) {
    JsonArray series = new JsonArray();
    page.lines().forEach(line -> series.add(line(line)));
    JsonArray events = new JsonArray();
    page.events().forEach(events::add);
    JsonObject json = new JsonObject().put("range", page.range().label());
    putScope(json, query.scope());
    return json.put("step_ms", page.range().stepMillis())
        .put("start", page.startMillis())
        .put("end", page.endMillis())
        .put("series", series)
        .put("events", events);
  }

  private static void putScope(JsonObject json, Scope scope) {
    if (scope instanceof Scope.OfListener listener) {
      json.put("listener", listener.name());
    } else if (scope instanceof Scope.OfPool pool) {
      json.put("pool", pool.name());
    } else if (scope instanceof Scope.OfBackend backend) {
      json.put("pool", backend.pool()).put("backend", backend.name());
    }
  }

  private static JsonObject line(HistoryPage.Line line) {
    JsonArray values = new JsonArray();
    for (int i = 0; i < line.size(); i++) {
      values.add(rounded(line.value(i)));
    }
    return new JsonObject().put("name", line.name()).put("unit", line.unit()).put("values", values);
  }

  /** As short as can be: null, a whole number, or one of three decimals. */
  private static @Nullable Number rounded(float value) {
    if (Float.isNaN(value)) {
      return null;
    }
    long whole = Math.round((double) value);
    if (value >= LARGE || whole == value) {
      return whole;
    }
    return Math.round(value * THOUSANDTHS) / THOUSANDTHS;
  }
}
