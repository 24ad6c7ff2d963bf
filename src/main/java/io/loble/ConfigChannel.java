package io.loble;

import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;

/** How a configuration that was changed while the process runs reaches the verticles. */
public final class ConfigChannel {

  /** Event-bus address on which the whole new document is published, on this node only. */
  public static final String ADDRESS = "loble.config";

  private ConfigChannel() {}

  /** Hands a valid configuration to all that listen. */
  static void publish(Vertx vertx, LobleConfig config) {
    vertx.eventBus().publish(ADDRESS, config.toJson(), new DeliveryOptions().setLocalOnly(true));
  }

  /** Calls the handler with each new configuration, on the context this is called from. */
  public static void onChange(Vertx vertx, Handler<LobleConfig> handler) {
    vertx
        .eventBus()
        .<JsonObject>localConsumer(ADDRESS, message -> handler.handle(parse(message.body())));
  }

  private static LobleConfig parse(JsonObject json) {
    try {
      return LobleConfig.fromJson(json);
    } catch (ConfigException e) {
      throw new IllegalArgumentException("only valid configurations are published", e);
    }
  }
}
