package io.loble.control;

import io.loble.model.PumpMode;
import io.loble.proxy.LiveConnection;
import io.loble.proxy.ProxyLoop;
import io.netty.util.NetUtil;
import io.vertx.core.json.JsonObject;

/** Renders a live connection as JSON. */
final class LiveView {

  private LiveView() {}

  static JsonObject of(ProxyLoop loop, LiveConnection connection) {
    PumpMode mode = connection.mode();
    return new JsonObject()
        .put("id", new ConnectionId(loop.name(), connection.number()).toString())
        .put("listener", connection.listener())
        .put("pool", connection.pool())
        .put("backend", connection.backend())
        .put("client", NetUtil.toSocketAddressString(connection.client()))
        .put("age_ms", connection.ageMillis())
        .put("idle_ms", connection.idleMillis())
        .put("bytes_to_backend", connection.bytesToBackend())
        .put("bytes_to_client", connection.bytesToClient())
        .put("mode", mode == null ? "connecting" : mode.label())
        .put("state", connection.state().label());
  }
}
