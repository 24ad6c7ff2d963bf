package io.loble.ctl;

import io.vertx.core.json.JsonObject;

/** A backend, as a balancer shows it. */
record BackendAnswer(
    String name,
    String address,
    long weight,
    String state,
    String mode,
    long active,
    long total,
    long failures,
    long bytesToBackend,
    long bytesToClient) {

  private static final String READY = "ready";

  static BackendAnswer of(JsonObject json) {
    return new BackendAnswer(
        json.getString("name", ""),
        json.getString("address", ""),
        json.getLong("weight", 1L),
        json.getString("state", ""),
        json.getString("mode", READY),
        json.getLong("active", 0L),
        json.getLong("total", 0L),
        json.getLong("failures", 0L),
        json.getLong("bytes_to_backend", 0L),
        json.getLong("bytes_to_client", 0L));
  }

  /** The state, and what the operator wants where that is something else. */
  String stateAndMode() {
    if (weight == 0 && mode.equals(READY)) {
      return state + " (weight 0)";
    }
    return mode.equals(READY) || mode.equals(state) ? state : state + " (" + mode + ")";
  }
}
