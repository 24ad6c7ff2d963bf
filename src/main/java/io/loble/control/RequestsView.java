package io.loble.control;

import io.loble.model.Histogram;
import io.loble.model.RequestCounters;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Renders the requests of a listener, a pool or a backend as JSON. */
final class RequestsView {

  private static final double MILLIS = 1e3;

  private RequestsView() {}

  static JsonObject of(RequestCounters requests) {
    JsonObject codes = new JsonObject();
    for (int each = RequestCounters.NONE + 1; each <= RequestCounters.MOST; each++) {
      codes.put(RequestCounters.label(each), requests.total(each));
    }
    codes.put(RequestCounters.label(RequestCounters.NONE), requests.total(RequestCounters.NONE));
    return new JsonObject()
        .put("total", requests.total())
        .put("codes", codes)
        .put("ms", Durations.millis(requests.seconds()));
  }

  /** The same, and how many took how long, so that two answers tell about the time between. */
  static JsonObject withBuckets(RequestCounters requests) {
    Histogram seconds = requests.seconds();
    JsonArray bounds = new JsonArray();
    for (double bound : seconds.boundsSeconds()) {
      bounds.add(bound * MILLIS);
    }
    JsonArray counts = new JsonArray();
    for (long count : seconds.counts()) {
      counts.add(count);
    }
    return of(requests).put("buckets", new JsonObject().put("le_ms", bounds).put("counts", counts));
  }
}
