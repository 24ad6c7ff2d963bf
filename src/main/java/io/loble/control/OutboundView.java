package io.loble.control;

import io.loble.model.Outbound;
import io.netty.util.NetUtil;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** How connections to the backends of a pool begin, as JSON. */
final class OutboundView {

  private OutboundView() {}

  /** Adds it to what is said of a pool, or of a client that would go there. */
  static JsonObject put(JsonObject json, Outbound outbound) {
    JsonArray source = new JsonArray();
    outbound.source().all().forEach(address -> source.add(NetUtil.toAddressString(address)));
    return json.put("send_proxy", outbound.sendProxy().label()).put("source", source);
  }
}
