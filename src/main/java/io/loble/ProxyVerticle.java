package io.loble;

import io.loble.config.LobleConfig;
import io.loble.control.ProcessStatus;
import io.loble.health.SnapshotStore;
import io.loble.health.Snapshots;
import io.loble.proxy.Proxy;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts clients and relays them to backends. Deploy as many instances as there are cores: they
 * share the listening ports.
 *
 * <p>Its configuration is the whole document (listeners, pools, timeouts …) in JSON. Without a
 * {@link HealthVerticle} beside it every backend counts as healthy. Undeploying it closes the
 * listeners and completes when the open connections have finished, or when {@code timeouts.drain}
 * has run out.
 */
public final class ProxyVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger("loble.config");

  private @Nullable Proxy proxy;

  @Override
  public Future<?> start() throws Exception {
    LobleConfig config = LobleConfig.fromJson(config());
    new SnapshotStore(vertx).initialize(Snapshots.initial(config));
    Proxy started = new Proxy(vertx, config);
    proxy = started;
    ConfigChannel.onChange(vertx, changed -> apply(started, changed));
    return started.start(config);
  }

  private void apply(Proxy started, LobleConfig changed) {
    started
        .apply(changed)
        .onFailure(
            cause -> {
              log.error("[config] {}", cause.getMessage());
              ProcessStatus.of(vertx).reloadFailed(String.valueOf(cause.getMessage()));
            });
  }

  @Override
  public Future<?> stop() {
    if (proxy == null) {
      return Future.succeededFuture();
    }
    ProcessStatus status = ProcessStatus.of(vertx);
    return proxy.drain().onSuccess(result -> status.countDrained(result.drained(), result.cut()));
  }
}
