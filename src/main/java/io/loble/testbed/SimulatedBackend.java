package io.loble.testbed;

import io.loble.ServerVerticle;
import io.loble.config.ConfigException;
import io.loble.model.HostPort;
import io.loble.sim.server.ServerBehaviour;
import io.loble.sim.server.ServerBus;
import io.loble.sim.server.ServerSettings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A simulated server, as the user of a {@link Testbed} steers it. What it was told holds over a
 * {@link #kill()} and {@link #start()}, and so does its port.
 *
 * <p>May be used from any thread but an event loop: its methods return when what they do is done.
 */
public final class SimulatedBackend {

  private record Running(String deployment, ServerVerticle verticle) {}

  private final Vertx vertx;
  private final JsonObject initial;
  private final HostPort address;
  private JsonObject settings;
  private @Nullable Running running;

  /** Starts it, which is how it comes to its port. */
  SimulatedBackend(Vertx vertx, ServerSettings plan) {
    this.vertx = vertx;
    this.settings = plan.toJson();
    ServerVerticle verticle = deploy();
    this.address = new HostPort(plan.host(), verticle.server().port());
    this.settings.put("port", address.port());
    if (plan.controlPort().isPresent()) {
      this.settings.put("control_port", verticle.server().controlPort());
    }
    this.initial = settings.copy();
  }

  /** What it calls itself; the name of its backend. */
  public String id() {
    return initial.getString("id");
  }

  /** Where it listens, or would if it ran. */
  public HostPort address() {
    return address;
  }

  /** The port of its HTTP control; 0 when it has none. */
  public int controlPort() {
    return initial.getInteger("control_port", 0);
  }

  public synchronized boolean isRunning() {
    return running != null;
  }

  /** Starts it, if it does not run, on the port it had. */
  public synchronized void start() {
    if (running == null) {
      deploy();
    }
  }

  /** Ends it well: answers that are due are given first. Does nothing when it does not run. */
  public synchronized void stop() {
    if (running != null) {
      Blocking.result(vertx.undeploy(running.deployment()));
      running = null;
    }
  }

  /** Ends it as {@code kill -9} would. Does nothing when it does not run. */
  public synchronized void kill() {
    if (running != null) {
      Blocking.result(running.verticle().server().kill());
      stop();
    }
  }

  /** Delays answers by that many milliseconds, 0 to 3,600,000. */
  public SimulatedBackend delay(int millis) {
    return set("delay_ms", millis);
  }

  /** Drops that many of 100 connections right after they were accepted. */
  public SimulatedBackend chaos(int percent) {
    return set("chaos_pct", percent);
  }

  /** Gives each connection its first answer only that many milliseconds after its accept. */
  public SimulatedBackend hang(int millis) {
    return set("hang_ms", millis);
  }

  /** Holds that many connections at once and drops those over it; 0 for no bound. */
  public SimulatedBackend maxConnections(int connections) {
    return set("max_conns", connections);
  }

  /** Changes one byte in that many of 100 answers. */
  public SimulatedBackend corrupt(int percent) {
    return set("corrupt_pct", percent);
  }

  /** Resets each connection after that many bytes of answers; 0 for never. */
  public SimulatedBackend resetAfter(int bytes) {
    return set("reset_after", bytes);
  }

  /** Gives no connection more than that many bytes a second; 0 for no bound. */
  public SimulatedBackend bandwidth(int bytesPerSecond) {
    return set("bandwidth", bytesPerSecond);
  }

  /** Delays answers by chance: {@code none}, {@code uniform 10 50}, {@code pareto 10 1.5}, … */
  public SimulatedBackend latency(String distribution) {
    return set("latency", distribution);
  }

  /** Reads nothing any more, or does again. */
  public SimulatedBackend stopReading(boolean on) {
    return set("stop_reading", on);
  }

  /** Accepts nothing any more, or does again. */
  public SimulatedBackend freezeAccept(boolean on) {
    return set("freeze_accept", on);
  }

  /** Answers nothing and closes nothing any more, or does again. */
  public SimulatedBackend halfOpen(boolean on) {
    return set("half_open", on);
  }

  /**
   * Changes some of its settings, all or none; docs/simulators.md has their names.
   *
   * @throws ReplyException saying what is wrong with them and what would be right
   */
  public synchronized SimulatedBackend set(JsonObject changes) {
    if (running == null) {
      check(changes);
    } else {
      JsonObject message = new JsonObject().put("command", "set").put("settings", changes);
      Blocking.result(vertx.eventBus().request(ServerBus.address(id()), message));
    }
    settings.mergeIn(changes);
    return this;
  }

  private static void check(JsonObject changes) {
    try {
      var unused = ServerBehaviour.change(changes);
    } catch (ConfigException e) {
      throw new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 400, e.getMessage());
    }
  }

  /** Starts it if it does not run, with the settings that it had first. */
  public synchronized void restore() {
    if (running != null && !settings.equals(initial)) {
      kill();
    }
    settings = initial.copy();
    start();
  }

  /**
   * What it has done since it was last started, as its {@code GET /stats} says it; with no counters
   * while it does not run.
   */
  public synchronized JsonObject stats() {
    return running == null
        ? new JsonObject().put("id", id()).put("settings", settings.copy())
        : running.verticle().server().state().toJson();
  }

  private SimulatedBackend set(String key, Object value) {
    return set(new JsonObject().put(key, value));
  }

  private ServerVerticle deploy() {
    ServerVerticle verticle = new ServerVerticle();
    DeploymentOptions options = new DeploymentOptions().setConfig(settings.copy());
    running = new Running(Blocking.result(vertx.deployVerticle(verticle, options)), verticle);
    return verticle;
  }
}
