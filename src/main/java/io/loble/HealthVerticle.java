package io.loble;

import io.loble.config.LobleConfig;
import io.loble.config.keys.ConfigJson;
import io.loble.control.ConfigChange;
import io.loble.control.ConfigChange.TimedDrain;
import io.loble.control.ConfigChannel;
import io.loble.control.ConfigChannel.Role;
import io.loble.upstream.HealthMonitor;
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
  private ConfigChannel.@Nullable Follower follower;

  @Override
  public Future<?> start() throws Exception {
    LobleConfig config = ConfigJson.read(config());
    HealthMonitor started = new HealthMonitor(vertx, new SplittableRandom());
    monitor = started;
    return started.prepare(config).compose(ready -> begin(started, config));
  }

  private Future<Void> begin(HealthMonitor started, LobleConfig config) {
    started.start(config);
    follower = new ConfigChannel(vertx).follow(Role.HEALTH, change -> apply(started, change));
    return Future.succeededFuture();
  }

  private static Future<Void> apply(HealthMonitor monitor, ConfigChange change) {
    return monitor.prepare(change.config()).compose(ready -> take(monitor, change));
  }

  private static Future<Void> take(HealthMonitor monitor, ConfigChange change) {
    monitor.apply(change.config(), change.drain());
    TimedDrain closing = change.closing();
    if (closing != null) {
      monitor.closeWithin(closing.pool(), closing.backend(), closing.timeout());
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    if (follower != null) {
      follower.cancel();
    }
    if (monitor != null) {
      monitor.stop();
    }
    return Future.succeededFuture();
  }
}
