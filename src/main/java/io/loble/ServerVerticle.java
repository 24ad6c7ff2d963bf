package io.loble;

import io.loble.config.ConfigException;
import io.loble.sim.ServerSettings;
import io.loble.sim.ServerState;
import io.loble.sim.SimulatedServer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A simulated server, configured by the JSON it is deployed with (see {@link ServerSettings}; the
 * environment is not read). All instances of one deployment share its ports and its statistics.
 */
public final class ServerVerticle extends VerticleBase {

  private @Nullable SimulatedServer server;

  @Override
  public Future<?> start() throws ConfigException {
    ServerSettings settings = ServerSettings.fromJson(config());
    ServerState state = ServerState.shared(vertx, deploymentID(), settings);
    SimulatedServer started = new SimulatedServer(vertx, state, new SplittableRandom());
    server = started;
    return started.start();
  }

  @Override
  public Future<?> stop() {
    ServerState.forget(vertx, deploymentID());
    return server().stop();
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
