package io.loble.sim.server;

import io.loble.config.ConfigException;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** Starts simulated servers on free loopback ports. */
public final class Servers {

  private Servers() {}

  public static SimulatedServer start(Vertx vertx, JsonObject settings) throws ConfigException {
    JsonObject onLoopback = settings.copy().put("host", "127.0.0.1").put("id", "server-2");
    SimulatedServer server = new SimulatedServer(vertx, ServerSettings.fromJson(onLoopback));
    server.start().await();
    return server;
  }
}
