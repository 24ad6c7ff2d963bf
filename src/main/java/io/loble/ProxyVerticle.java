package io.loble;

import io.loble.config.LobleConfig;
import io.loble.config.keys.ConfigJson;
import io.loble.control.ConfigChannel;
import io.loble.control.ConfigChannel.Role;
import io.loble.control.ProcessStatus;
import io.loble.http.RequestLoop;
import io.loble.net.TransportAdvice;
import io.loble.proxy.Proxy;
import io.loble.upstream.SnapshotStore;
import io.loble.upstream.Snapshots;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

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

  private @Nullable Proxy proxy;
  private ConfigChannel.@Nullable Follower follower;

  @Override
  public Future<?> start() throws Exception {
    LobleConfig config = ConfigJson.read(config());
    TransportAdvice.log(vertx);
    new SnapshotStore(vertx).initialize(Snapshots.initial(config));
    Proxy started = new Proxy(vertx, config, RequestLoop::new);
    proxy = started;
    follower =
        new ConfigChannel(vertx)
            .follow(Role.PROXY, change -> started.apply(change.config(), change.drain()));
    return started.start(config);
  }

  @Override
  public Future<?> stop() {
    if (follower != null) {
      follower.cancel();
    }
    if (proxy == null) {
      return Future.succeededFuture();
    }
    ProcessStatus status = ProcessStatus.of(vertx);
    return proxy.drain().onSuccess(result -> status.countDrained(result.drained(), result.cut()));
  }
}
