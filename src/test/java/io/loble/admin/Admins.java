package io.loble.admin;

import io.loble.config.AdminConfig;
import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import io.loble.config.MetricsConfig;
import io.loble.config.keys.LoadedConfig;
import io.loble.config.source.ConfigLoader;
import io.loble.control.ConfigManager;
import io.loble.control.ConfigSource;
import io.loble.control.SampleBalancer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Admin servers for tests, in front of balancers of which nothing runs. */
final class Admins {

  private Admins() {}

  static AdminServer server(Vertx vertx, String id, AdminConfig admin, MetricsConfig metrics) {
    LobleConfig base = SampleBalancer.config();
    LobleConfig config =
        new LobleConfig(
            id,
            base.listeners(),
            base.pools(),
            base.timeouts(),
            base.shutdown(),
            base.limits(),
            admin,
            metrics,
            base.logging());
    return new AdminServer(
        vertx, ConfigManager.start(vertx, LoadedConfig.of(config), withoutFile()), config);
  }

  private static ConfigSource withoutFile() {
    try {
      return new ConfigSource(
          ConfigLoader.launchOptions(new JsonObject().put("config", ""), Map.of()), Map.of());
    } catch (ConfigException e) {
      throw new IllegalStateException(e);
    }
  }
}
