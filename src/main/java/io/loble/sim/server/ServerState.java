package io.loble.sim.server;

import io.loble.config.ConfigException;
import io.loble.context.VertxLocal;
import io.loble.model.SharedFreePort;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * What all instances of one simulated server share: its settings as they are now, its counters and
 * its ports. May be used from any thread.
 */
public final class ServerState {

  private static final VertxLocal<ConcurrentMap<String, ServerState>> BY_DEPLOYMENT =
      VertxLocal.map("sim-servers");

  private final ServerStats stats = new ServerStats();
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private final AtomicBoolean led = new AtomicBoolean();
  private final long seed;
  private final int listenControlPort;
  private final Entrance entrance;
  private volatile ServerSettings settings;

  public ServerState(ServerSettings settings) {
    this.settings = settings;
    this.seed = settings.seed().orElseGet(() -> new SplittableRandom().nextLong());
    int control = settings.controlPort().orElse(0);
    this.listenControlPort = control == 0 ? SharedFreePort.next() : control;
    this.entrance = new Entrance(this, new SplittableRandom(seed));
  }

  /** The state that the instances of one deployment share; the first one's settings count. */
  public static ServerState shared(Vertx vertx, String deployment, ServerSettings settings) {
    ServerState fresh = new ServerState(settings);
    ServerState before = BY_DEPLOYMENT.get(vertx).putIfAbsent(deployment, fresh);
    return before == null ? fresh : before;
  }

  /** Forgets the state of a deployment that ends. Instances that hold it keep it. */
  public static void forget(Vertx vertx, String deployment) {
    BY_DEPLOYMENT.get(vertx).remove(deployment);
  }

  /** The settings in force, with what was changed at run time. */
  public ServerSettings settings() {
    return settings;
  }

  /** The seed of all that is left to chance, whether it was configured or not. */
  public long seed() {
    return seed;
  }

  /**
   * Changes how the server behaves: from the next request on, and for faults at once.
   *
   * @return the settings that are in force now
   */
  public ServerSettings update(UnaryOperator<ServerBehaviour> change) {
    ServerSettings now = replace(change);
    watchers.forEach(Runnable::run);
    return now;
  }

  private synchronized ServerSettings replace(UnaryOperator<ServerBehaviour> change) {
    settings = settings.behaving(change.apply(settings.behaviour()));
    return settings;
  }

  /**
   * Changes all that the JSON names, or nothing.
   *
   * @param changes its keys are those of {@link ServerSettings} that can be changed while it runs
   * @return the settings that are in force now
   * @throws ConfigException with everything that is wrong with the changes
   */
  public ServerSettings set(JsonObject changes) throws ConfigException {
    return update(ServerBehaviour.change(changes));
  }

  public ServerStats stats() {
    return stats;
  }

  /** Who the server is, its settings, its seed and its counters. */
  public JsonObject toJson() {
    ServerSettings now = settings();
    return new JsonObject()
        .put("id", now.id())
        .put("settings", now.toJson())
        .put("seed", seed)
        .mergeIn(stats.toJson());
  }

  int listenControlPort() {
    return listenControlPort;
  }

  /** Where clients come in. */
  Entrance entrance() {
    return entrance;
  }

  /** From now on this is called, on any thread, after every change of the settings. */
  void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  void unwatch(Runnable watcher) {
    watchers.remove(watcher);
  }

  /** True for the first who asks: one instance does what is to be done once for all of them. */
  boolean lead() {
    return led.compareAndSet(false, true);
  }
}
