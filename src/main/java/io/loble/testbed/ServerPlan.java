package io.loble.testbed;

import io.loble.sim.server.ServerSettings;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A simulated server that a {@link Testbed} is to have.
 *
 * @param settings how it behaves; its {@code id} is also the name of the backend
 * @param pool the pool it stands in; empty for a server that the balancer does not know yet
 * @param backend what the balancer is told of it besides name and address: {@code weight}, {@code
 *     max_connections}, {@code priority} and {@code state}, as in the TOML file
 * @param running false for one that is down when the balancer starts
 */
public record ServerPlan(
    ServerSettings settings, Optional<String> pool, JsonObject backend, boolean running) {

  /** The pool of those who are told of none. */
  public static final String DEFAULT_POOL = "default";

  public ServerPlan {
    backend = backend.copy();
  }

  /** A server that runs, in the default pool. */
  public static ServerPlan of(ServerSettings settings) {
    return new ServerPlan(settings, Optional.of(DEFAULT_POOL), new JsonObject(), true);
  }

  /** What it calls itself, and the name of its backend. */
  public String id() {
    return settings.id();
  }

  @Override
  public JsonObject backend() {
    return backend.copy();
  }
}
