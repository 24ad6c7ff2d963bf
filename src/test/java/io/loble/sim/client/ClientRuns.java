package io.loble.sim.client;

import io.loble.config.ConfigException;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/** Runs of the client simulator. */
final class ClientRuns {

  private static final int PATIENCE_SECONDS = 30;

  private ClientRuns() {}

  /** Clients of one kind, with a seed that is always the same. */
  static JsonObject only(ClientKind kind) {
    return new JsonObject()
        .put("weights", new JsonObject().put(kind.key(), 1))
        .put("seed", 7)
        .put("duration", "1s");
  }

  static ClientReport run(Vertx vertx, int port, JsonObject settings) throws Exception {
    return start(vertx, port, settings).finished().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  static SimulatedClients start(Vertx vertx, int port, JsonObject settings) throws ConfigException {
    JsonObject json = settings.copy().put("target", "127.0.0.1:" + port);
    SimulatedClients clients = new SimulatedClients(vertx, ClientSettings.fromJson(json));
    clients.start();
    return clients;
  }
}
