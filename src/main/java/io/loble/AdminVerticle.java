package io.loble;

import io.loble.admin.AdminServer;
import io.loble.config.LobleConfig;
import io.loble.config.keys.ConfigJson;
import io.loble.control.ConfigManager;
import io.loble.control.ProcessStatus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/**
 * Serves health endpoints, metrics and JSON control over HTTP, and commands on the event bus. Its
 * configuration is the whole document in JSON.
 */
public final class AdminVerticle extends VerticleBase {

  private @Nullable ConfigManager manager;
  private @Nullable AdminServer server;

  @Override
  public Future<?> start() throws Exception {
    LobleConfig config = ConfigJson.read(config());
    ConfigManager found = ConfigManager.of(vertx, config);
    manager = found;
    AdminServer started = new AdminServer(vertx, found, config);
    server = started;
    return started
        .start()
        .onSuccess(open -> ProcessStatus.of(vertx).adminOpened(started.address()));
  }

  @Override
  public Future<?> stop() {
    if (manager != null) {
      manager.release();
    }
    return server == null ? Future.succeededFuture() : server.stop();
  }
}
