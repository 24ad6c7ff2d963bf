package io.loble.control;

import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.config.diff.ConfigDiff;
import io.loble.config.diff.ConfigStep;
import io.loble.config.diff.RuntimeChanges;
import io.loble.config.keys.ConfigJson;
import io.loble.config.keys.ConfigWarnings;
import io.loble.config.keys.LoadedConfig;
import io.loble.config.source.PlannedConfig;
import io.loble.control.Edit.Subject;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place from which a running balancer is changed, whether by commands or by its file.
 * Changes are made one after another, each as a whole or not at all.
 *
 * <p>One object a Vert.x instance; may be used from any thread. Futures complete on the caller's
 * context.
 */
public final class Steering implements Shareable {

  private static final String KEY = "steering";

  private final Vertx vertx;
  private final Turns turns;
  private final Turns reads;
  private final Rollout rollout;
  private final RunningBalancer balancer;
  private final Journal journal;
  private final @Nullable ConfigSource source;
  private volatile State state;

  /**
   * What is in force, and how it came about.
   *
   * @param loaded what the file said when it was loaded last
   * @param fileChanges how often it has said something else than before
   */
  private record State(LoadedConfig loaded, long fileChanges, History history) {

    State with(LoadedConfig now) {
      return new State(now, now.equals(loaded) ? fileChanges : fileChanges + 1, history);
    }

    State with(ConfigVersion version) {
      return new State(loaded, fileChanges, history.with(version));
    }

    LobleConfig file() {
      return loaded.config();
    }

    LobleConfig config() {
      return history.current().config();
    }
  }

  private Steering(
      Vertx vertx, LoadedConfig loaded, LobleConfig inForce, @Nullable ConfigSource source) {
    this.vertx = vertx;
    this.source = source;
    this.turns = new Turns(vertx);
    this.reads = new Turns(vertx);
    this.rollout = new Rollout(vertx);
    this.balancer = new RunningBalancer(vertx, loaded.config().id());
    this.journal = new Journal(vertx);
    this.state = new State(loaded, 0, History.startingWith(first(inForce)));
    balancer.process().steered();
  }

  private static ConfigVersion first(LobleConfig config) {
    return new ConfigVersion(1, config, Instant.now(), "start", "start", ChangeSummary.NOTHING);
  }

  /**
   * Steers what runs in that Vert.x instance from now on.
   *
   * @param loaded what it was started with
   * @param source where that came from
   */
  public static Steering start(Vertx vertx, LoadedConfig loaded, ConfigSource source) {
    Steering started = new Steering(vertx, loaded, loaded.config(), source);
    map(vertx).put(KEY, started);
    return started;
  }

  /**
   * What steers that Vert.x instance; something without a file when nothing does yet.
   *
   * @param config what was deployed
   */
  public static Steering of(Vertx vertx, LobleConfig config) {
    return map(vertx).computeIfAbsent(KEY, key -> withoutFile(vertx, config));
  }

  /** What steers that Vert.x instance now, if anything does. */
  public static Optional<Steering> current(Vertx vertx) {
    return Optional.ofNullable(map(vertx).get(KEY));
  }

  /** Who steered before may have changed what still runs. */
  private static Steering withoutFile(Vertx vertx, LobleConfig config) {
    LobleConfig inForce = new ConfigChannel(vertx).latest().orElse(config);
    return new Steering(vertx, LoadedConfig.of(config), inForce, null);
  }

  /** Steers no longer, so that another may. */
  public void stop() {
    map(vertx).removeIfPresent(KEY, this);
  }

  /** Steers no longer, if that was begun by {@link #of} and nobody else would end it. */
  public void release() {
    if (source == null) {
      stop();
    }
  }

  private static LocalMap<String, Steering> map(Vertx vertx) {
    return vertx.sharedData().getLocalMap("loble.steering");
  }

  /** The configuration in force. */
  public LobleConfig config() {
    return state.config();
  }

  /** What a pool that is added begins with. */
  PoolConfig poolDefaults() {
    return state.loaded().poolDefaults();
  }

  /** The path of the configuration file; empty if there is none. */
  String file() {
    return source == null ? "" : source.file();
  }

  /** How often the file was loaded and said something else than before. */
  public long fileChanges() {
    return state.fileChanges();
  }

  /** What leads from the file to the configuration in force. */
  List<ConfigStep> differences() {
    State now = state;
    return ConfigDiff.between(now.file(), now.config()).steps();
  }

  /** The versions that are kept, the newest first. */
  List<ConfigVersion> versions() {
    return state.history().newestFirst();
  }

  /**
   * Does what a command wants.
   *
   * @return a {@link CommandException} when the command is refused; then nothing has changed
   */
  Future<Applied> change(Caller caller, String command, Edit.Maker maker) {
    return turn(
        () -> {
          Edit edit = checked(maker.of(config()));
          LobleConfig before = config();
          return apply(edit, caller, command)
              .onSuccess(
                  done -> {
                    if (done.changed()) {
                      journal.changed(
                          command,
                          caller,
                          edit.subject().what(),
                          edit.subject().view().apply(before),
                          edit.subject().view().apply(edit.config()),
                          done);
                    }
                  });
        });
  }

  private static Edit checked(Edit edit) {
    try {
      ConfigJson.checked(edit.config());
      return edit;
    } catch (ConfigException e) {
      throw CommandException.contradiction(e);
    }
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
   * @param reset whether what was changed at run time is given up as well
   */
  Future<JsonObject> reload(Caller caller, boolean reset) {
    // It is read before its turn, so that a file that cannot be read holds no other command up; and
    // takes its turn before the next is read, so that what was read last is in force in the end.
    return reads
        .take(
            () -> {
              Future<LoadedConfig> read = blocking(requireFile()::load);
              return read.transform(
                  done -> Future.succeededFuture(takeEffect(read, caller, reset)));
            })
        .compose(effect -> effect);
  }

  private Future<JsonObject> takeEffect(Future<LoadedConfig> read, Caller caller, boolean reset) {
    return turn(
        () ->
            read.compose(loaded -> reloaded(loaded, caller, reset))
                .onFailure(cause -> journal.reloadRefused(caller, file(), version(), cause))
                .map(Applied::toJson));
  }

  private Future<Applied> reloaded(LoadedConfig loaded, Caller caller, boolean reset) {
    State before = state;
    boolean fileChanged = !loaded.equals(before.loaded());
    LobleConfig next = reset ? loaded.config() : rebased(before, loaded.config());
    Edit edit = Edit.of(next, new Subject(file(), config -> null));
    return apply(edit, caller, "config.reload")
        .onSuccess(
            done -> {
              state = state.with(loaded);
              journal.reloaded(
                  caller, file(), before.history().current().number(), fileChanged, done);
              if (fileChanged) {
                journal.suspect(file(), ConfigWarnings.of(loaded.config()));
              }
            });
  }

  /**
   * Does something that changes no configuration, in its turn, and tells of it.
   *
   * @param what what is done, in words
   * @param action its answer is what the event says of it
   */
  Future<JsonObject> act(
      Caller caller, String command, String what, Supplier<Future<JsonObject>> action) {
    return turn(action).onSuccess(answer -> journal.acted(command, caller, what, answer));
  }

  /** What the file would change if it had that text. Changes nothing. */
  Future<JsonObject> plan(String toml) {
    ConfigSource from = requireSource();
    return blocking(() -> from.plan(toml)).map(plan -> planned(plan, false));
  }

  /**
   * What {@link #reload(Caller, boolean)} would do now. Changes nothing.
   *
   * @return a {@link CommandException} when the file could not be made effective
   */
  Future<JsonObject> planReload(boolean reset) {
    ConfigSource from = requireFile();
    return blocking(from::planLoad).map(plan -> planned(plan, reset));
  }

  /** What {@link #rollback} to that version would do now. Changes nothing. */
  Future<JsonObject> planRollback(long number) {
    LobleConfig target = find(number).config();
    return Future.succeededFuture(planned(state, target).toJson());
  }

  private JsonObject planned(PlannedConfig plan, boolean reset) {
    // Looked at once: a change may come in between, whose reversal would be planned.
    State now = state;
    Applied steps = planned(now, reset ? plan.config() : rebased(now, plan.config()));
    return steps
        .toJson()
        .put("hidden", plan.hiddenToJson())
        .put("warnings", ConfigWarnings.toJson(plan.config()));
  }

  private Applied planned(State now, LobleConfig next) {
    ConfigDiff diff = ConfigDiff.between(now.config(), next);
    long version = now.history().current().number();
    return new Applied(version, Steps.of(diff, balancer, next.timeouts().drain()));
  }

  /**
   * Goes back to an earlier version, which becomes a new one.
   *
   * @param number which; null for the one before the one in force
   */
  Future<JsonObject> rollback(Caller caller, @Nullable Long number) {
    return turn(
        () -> {
          ConfigVersion target = find(number);
          long before = version();
          Edit edit =
              Edit.of(target.config(), new Subject("version " + target.number(), c -> null));
          return apply(edit, caller, "config.rollback")
              .onSuccess(
                  done ->
                      journal.changed(
                          "config.rollback",
                          caller,
                          "to version " + target.number(),
                          before,
                          done.version(),
                          done))
              .map(done -> done.toJson().put("restored", target.number()));
        });
  }

  private ConfigVersion find(@Nullable Long number) {
    History history = state.history();
    Optional<ConfigVersion> found = number == null ? history.previous() : history.find(number);
    return found.orElseThrow(
        () ->
            number == null
                ? new CommandException(409, "this is the first version; there is no earlier one")
                : CommandException.unknown(
                    "version",
                    number.toString(),
                    history.newestFirst().stream().map(v -> Long.toString(v.number())).toList()));
  }

  private ConfigSource requireSource() {
    if (source == null) {
      throw new CommandException(409, "there is no configuration that a file could be part of");
    }
    return source;
  }

  private ConfigSource requireFile() {
    if (source == null || !source.hasFile()) {
      throw new CommandException(409, "this process has no configuration file");
    }
    return source;
  }

  private static LobleConfig rebased(State now, LobleConfig loaded) {
    try {
      return RuntimeChanges.rebase(now.file(), loaded, now.config());
    } catch (ConfigException e) {
      throw CommandException.notTogether(e);
    }
  }

  private Future<Applied> apply(Edit edit, Caller caller, String command) {
    LobleConfig before = config();
    LobleConfig after = edit.config();
    ConfigDiff diff = ConfigDiff.between(before, after);
    Duration drain = edit.drain() == null ? after.timeouts().drain() : edit.drain();
    List<Step> steps = Steps.of(diff, balancer, drain);
    if (diff.isEmpty() && edit.closing() == null) {
      return Future.succeededFuture(new Applied(version(), steps));
    }
    ConfigChange change = new ConfigChange(after, edit.drain(), edit.closing());
    return rollout
        .of(before, change)
        .map(
            done -> {
              if (!diff.isEmpty()) {
                inForce(after, caller, command + ' ' + edit.subject().what(), steps);
              }
              return new Applied(version(), steps);
            });
  }

  private void inForce(LobleConfig config, Caller caller, String what, List<Step> steps) {
    ConfigVersion version =
        new ConfigVersion(
            version() + 1, config, Instant.now(), caller.name(), what, ChangeSummary.of(steps));
    state = state.with(version);
    balancer.process().configured(version.number());
  }

  private long version() {
    return state.history().current().number();
  }

  private <T> Future<T> turn(Supplier<Future<T>> action) {
    return turns.take(
        () -> {
          if (balancer.process().draining()) {
            throw new CommandException(503, "the process is stopping");
          }
          return action.get();
        });
  }

  private <T> Future<T> blocking(Callable<T> action) {
    return vertx.executeBlocking(action, false).recover(Steering::refused);
  }

  private static <T> Future<T> refused(Throwable cause) {
    return Future.failedFuture(
        cause instanceof ConfigException invalid ? CommandException.invalid(invalid) : cause);
  }
}
