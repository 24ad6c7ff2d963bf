package io.loble.control;

import io.loble.model.PumpMode;
import io.loble.net.PeerAddress;
import io.loble.proxy.LiveConnection;
import io.loble.proxy.ProxyLoop;
import io.vertx.core.json.JsonObject;

/** Renders a live connection as JSON. */
final class LiveView {

  private LiveView() {}

  static JsonObject of(ProxyLoop loop, LiveConnection connection) {
    PumpMode mode = connection.mode();
    long age = connection.ageMillis();
    return new JsonObject()
        .put("id", new ConnectionId(loop.name(), connection.number()).toString())
        .put("listener", connection.listener())
        .put("pool", connection.pool())
        .put("backend", connection.backend())
        .put("client", PeerAddress.text(connection.client()))
        .put("tls", connection.tls())
        .put("sni", connection.sni())
        .put("age_ms", age)
        // Known to the tick only, and so at times a little more than there has been.
        .put("idle_ms", Math.min(age, connection.idleMillis()))
        .put("waited_ms", connection.waitedMillis())
        .put("bytes_to_backend", connection.bytesToBackend())
        .put("bytes_to_client", connection.bytesToClient())
        .put("mode", mode == null ? "connecting" : mode.label())
        .put("state", connection.state().label());
  }
}
