package io.loble.sim;

import io.loble.model.SharedFreePort;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.util.function.UnaryOperator;

/**
 * What all instances of one simulated server share: its settings as they are now, its counters and
 * its ports. May be used from any thread.
 */
public final class ServerState implements Shareable {

  private final ServerStats stats = new ServerStats();
  private final int listenPort;
  private final int listenControlPort;
  private volatile ServerSettings settings;

  public ServerState(ServerSettings settings) {
    this.settings = settings;
    this.listenPort = shareable(settings.port());
    this.listenControlPort = shareable(settings.controlPort().orElse(0));
  }

  /** The state that the instances of one deployment share; the first one's settings count. */
  public static ServerState shared(Vertx vertx, String deployment, ServerSettings settings) {
    ServerState fresh = new ServerState(settings);
    ServerState before = map(vertx).putIfAbsent(deployment, fresh);
    return before == null ? fresh : before;
  }

  /** Forgets the state of a deployment that ends. Instances that hold it keep it. */
  public static void forget(Vertx vertx, String deployment) {
    map(vertx).remove(deployment);
  }

  /** The settings in force, with what was changed at run time. */
  public ServerSettings settings() {
    return settings;
  }

  /** Changes settings; new answers and new connections follow them at once. */
  public synchronized ServerSettings update(UnaryOperator<ServerSettings> change) {
    settings = change.apply(settings);
    return settings;
  }

  public ServerStats stats() {
    return stats;
  }

  /** Who the server is, its settings and its counters. */
  public JsonObject toJson() {
    ServerSettings now = settings();
    return new JsonObject()
        .put("id", now.id())
        .put("settings", now.toJson())
        .mergeIn(stats.toJson());
  }

  int listenPort() {
    return listenPort;
  }

  int listenControlPort() {
    return listenControlPort;
  }

  private static int shareable(int port) {
    return port == 0 ? SharedFreePort.next() : port;
  }

  private static LocalMap<String, ServerState> map(Vertx vertx) {
    return vertx.sharedData().getLocalMap("loble.sim.servers");
  }
}
