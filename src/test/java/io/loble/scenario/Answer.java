package io.loble.scenario;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What a command was answered with.
 *
 * @param body an object; of a refusal, one with its {@code detail}
 */
record Answer(int status, JsonObject body) {

  boolean done() {
    return status < 300;
  }

  long version() {
    return body.getLong("version");
  }

  JsonArray steps() {
    return body.getJsonArray("steps");
  }
}
