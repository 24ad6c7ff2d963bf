package io.loble;

import io.loble.config.ConfigException;
import io.loble.sim.server.ServerBus;
import io.loble.sim.server.ServerSettings;
import io.loble.sim.server.ServerState;
import io.loble.sim.server.SimulatedServer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/**
 * A simulated server, configured by the JSON it is deployed with (see {@link ServerSettings}; the
 * environment is not read). All instances of one deployment share its ports and its statistics, and
 * take commands on the event bus, see {@link ServerBus}.
 */
public final class ServerVerticle extends VerticleBase {

  private @Nullable SimulatedServer server;
  private @Nullable ServerBus bus;

  @Override
  public Future<?> start() throws ConfigException {
    ServerSettings settings = ServerSettings.fromJson(config());
    ServerState state = ServerState.shared(vertx, deploymentID(), settings);
    SimulatedServer started = new SimulatedServer(vertx, state);
    server = started;
    return started
        .start()
        .compose(listening -> ServerBus.start(vertx, state))
        .onSuccess(listening -> bus = listening);
  }

  /** Stops gracefully, see {@link SimulatedServer#stop()}. */
  @Override
  public Future<?> stop() {
    ServerState.forget(vertx, deploymentID());
    return bus == null ? server().stop() : bus.stop().transform(unregistered -> server().stop());
  }

  /**
   * What this instance runs, with its actual ports and its statistics.
   *
   * @throws IllegalStateException before the verticle was deployed
   */
  public SimulatedServer server() {
    if (server == null) {
      throw new IllegalStateException("not deployed");
    }
    return server;
  }
}
