package io.loble.control;

import io.loble.model.RequestCounters;
import io.vertx.core.json.JsonObject;

/** Renders the requests of a listener, a pool or a backend as JSON. */
final class RequestsView {

  private RequestsView() {}

  static JsonObject of(RequestCounters requests) {
    JsonObject codes = new JsonObject();
    for (int each = RequestCounters.NONE + 1; each <= RequestCounters.MOST; each++) {
      codes.put(RequestCounters.label(each), requests.total(each));
    }
    codes.put(
        RequestCounters.label(RequestCounters.NONE), requests.total(RequestCounters.NONE));
    return new JsonObject()
        .put("total", requests.total())
        .put("codes", codes)
        .put("ms", Durations.millis(requests.seconds()));
  }
}
