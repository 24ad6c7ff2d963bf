package io.loble.control;

import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.config.diff.ConfigStep;
import io.loble.config.keys.LoadedConfig;
import io.loble.context.VertxLocal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place from which a running balancer is changed, whether by commands or by its file.
 * Changes are made one after another, each as a whole or not at all.
 *
 * <p>There is one per Vert.x instance; it may be used from any thread. Futures complete on the
 * caller's context.
 */
public final class ConfigManager {

  private static final VertxLocal<AtomicReference<@Nullable ConfigManager>> CURRENT =
      VertxLocal.of("config-manager", AtomicReference::new);

  private final Vertx vertx;
  private final boolean hasSource;
  private final ConfigPlanner planner;
  private final ConfigChanges changes;
  private final Journal journal;
  private final FileReloads file;
  private final Rollbacks rollbacks;

  private ConfigManager(
      Vertx vertx, LoadedConfig loaded, LobleConfig inForce, @Nullable ConfigSource source) {
    RunningBalancer balancer = new RunningBalancer(vertx, loaded.config().id());
    this.vertx = vertx;
    this.hasSource = source != null;
    this.planner = new ConfigPlanner(new LiveCounts(balancer));
    this.changes = new ConfigChanges(vertx, ConfigState.startingWith(loaded, first(inForce)));
    this.journal = new Journal(vertx);
    this.file = new FileReloads(vertx, source, planner, changes, journal);
    this.rollbacks = new Rollbacks(planner, changes, journal);
  }

  private static ConfigVersion first(LobleConfig config) {
    return new ConfigVersion(1, config, Instant.now(), "start", "start", ChangeSummary.NOTHING);
  }

  /**
   * Manages the configuration of that Vert.x instance from now on.
   *
   * @param loaded what it was started with
   * @param source where that came from
   */
  public static ConfigManager start(Vertx vertx, LoadedConfig loaded, ConfigSource source) {
    ConfigManager started = new ConfigManager(vertx, loaded, loaded.config(), source);
    CURRENT.get(vertx).set(started);
    return started.started();
  }

  /**
   * The manager of that Vert.x instance; one without a file where there is none yet.
   *
   * @param config what was deployed
   */
  public static ConfigManager of(Vertx vertx, LobleConfig config) {
    AtomicReference<@Nullable ConfigManager> current = CURRENT.get(vertx);
    ConfigManager known = current.get();
    if (known != null) {
      return known;
    }
    ConfigManager made = withoutFile(vertx, config);
    ConfigManager faster = current.compareAndExchange(null, made);
    return faster == null ? made.started() : faster;
  }

  /** The manager of that Vert.x instance, if there is one now. */
  public static Optional<ConfigManager> current(Vertx vertx) {
    return Optional.ofNullable(CURRENT.get(vertx).get());
  }

  /** An earlier manager may have changed what still runs. */
  private static ConfigManager withoutFile(Vertx vertx, LobleConfig config) {
    LobleConfig inForce = new ConfigChannel(vertx).latest().orElse(config);
    return new ConfigManager(vertx, LoadedConfig.of(config), inForce, null);
  }

  private ConfigManager started() {
    ProcessStatus.of(vertx).restarted();
    return this;
  }

  /** Manages no longer, so that another may. */
  public void stop() {
    CURRENT.get(vertx).compareAndSet(this, null);
  }

  /**
   * Manages no longer, if {@link #of} made it: then it ends with the verticle that asked for it.
   */
  public void release() {
    if (!hasSource) {
      stop();
    }
  }

  /** The configuration in force. */
  public LobleConfig config() {
    return changes.state().config();
  }

  /** What a pool that is added begins with. */
  PoolConfig poolDefaults() {
    return changes.state().loaded().poolDefaults();
  }

  /** The path of the configuration file; empty if there is none. */
  String file() {
    return file.path();
  }

  /** How often the file was loaded and said something else than before. */
  public long fileChanges() {
    return changes.state().fileChanges();
  }

  /** What leads from the file to the configuration in force. */
  List<ConfigStep> differences() {
    return changes.state().differences();
  }

  /** The versions that are kept, the newest first. */
  List<ConfigVersion> versions() {
    return changes.state().versions().newestFirst();
  }

  /**
   * Does what a command wants.
   *
   * @return a {@link CommandException} when the command is refused; then nothing has changed
   */
  Future<Applied> change(Caller caller, String command, Edit.Maker maker) {
    return changes.inTurn(
        () -> {
          ChangePlan plan = planner.command(config(), maker);
          return changes
              .make(plan, caller, command)
              .onSuccess(done -> changed(plan, caller, command, done));
        });
  }

  private void changed(ChangePlan plan, Caller caller, String command, Applied done) {
    if (done.changed()) {
      Edit.Subject subject = plan.edit().subject();
      journal.changed(
          command,
          caller,
          subject.what(),
          subject.view().apply(plan.before()),
          subject.view().apply(plan.after()),
          done);
    }
  }

  /**
   * Does something that changes no configuration, in its turn, and reports it.
   *
   * @param what what is done, in words
   * @param action its answer is what the event says of it
   */
  Future<JsonObject> act(
      Caller caller, String command, String what, Supplier<Future<JsonObject>> action) {
    return changes.inTurn(action).onSuccess(answer -> journal.acted(command, caller, what, answer));
  }

  /**
   * Makes the file as it is now effective.
   *
   * @return a {@link CommandException} when it cannot be; then nothing has changed
   */
  public Future<JsonObject> reload(Caller caller) {
    return reload(caller, false);
  }

  /**
   * The same.
   *
   * @param reset whether what was changed at run time is given up as well
   */
  Future<JsonObject> reload(Caller caller, boolean reset) {
    return file.reload(caller, reset);
  }

  /** What the file would change if it had that text. Changes nothing. */
  Future<JsonObject> plan(String toml) {
    return file.plan(toml);
  }

  /**
   * What {@link #reload(Caller, boolean)} would do now. Changes nothing.
   *
   * @return a {@link CommandException} when the file could not be made effective
   */
  Future<JsonObject> planReload(boolean reset) {
    return file.planReload(reset);
  }

  /**
   * Goes back to an earlier version, which becomes a new one.
   *
   * @param number which; null for the one before the one in force
   */
  Future<JsonObject> rollback(Caller caller, @Nullable Long number) {
    return rollbacks.rollback(caller, number);
  }

  /** What {@link #rollback} to that version would do now. Changes nothing. */
  Future<JsonObject> planRollback(long number) {
    return rollbacks.plan(number);
  }
}
