package io.loble;

import io.loble.config.LobleConfig;
import io.loble.health.HealthMonitor;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Decides which backends are in rotation, and publishes that as snapshots. Deploy one instance,
 * before any {@link ProxyVerticle}. Its configuration is the whole document in JSON.
 */
public final class HealthVerticle extends VerticleBase {

  private @Nullable HealthMonitor monitor;

  @Override
  public Future<?> start() throws Exception {
    LobleConfig config = LobleConfig.fromJson(config());
    HealthMonitor started = new HealthMonitor(vertx, new SplittableRandom());
    monitor = started;
    started.start(config);
    ConfigChannel.onChange(vertx, started::apply);
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    if (monitor != null) {
      monitor.stop();
    }
    return Future.succeededFuture();
  }
}
