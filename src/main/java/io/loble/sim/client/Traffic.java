package io.loble.sim.client;

import io.vertx.core.json.JsonObject;

/**
 * What clients have made a network do.
 *
 * @param connects connections that came about
 * @param bytesSent handed to the connections to send
 * @param bytesReceived right or wrong
 */
public record Traffic(long connects, long bytesSent, long bytesReceived) {

  static Traffic none() {
    return new Traffic(0, 0, 0);
  }

  Traffic plus(Traffic other) {
    return new Traffic(
        connects + other.connects,
        bytesSent + other.bytesSent,
        bytesReceived + other.bytesReceived);
  }

  void writeTo(JsonObject json) {
    json.put("connects", connects)
        .put("bytes_sent", bytesSent)
        .put("bytes_received", bytesReceived);
  }

  static Traffic readFrom(JsonObject json) {
    return new Traffic(
        json.getLong("connects"), json.getLong("bytes_sent"), json.getLong("bytes_received"));
  }
}
