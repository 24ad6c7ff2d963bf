package io.loble.control;

import io.loble.config.ConfigException;
import io.loble.config.keys.LoadedConfig;
import io.loble.config.source.PlannedConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Makes the configuration file effective, and says what that would change. */
final class FileReloads {

  private final Vertx vertx;
  private final @Nullable ConfigSource source;
  private final ConfigPlanner planner;
  private final ConfigChanges changes;
  private final Journal journal;
  private final SerialQueue reads;

  /**
   * @param source null where there is no configuration that a file could be part of
   */
  FileReloads(
      Vertx vertx,
      @Nullable ConfigSource source,
      ConfigPlanner planner,
      ConfigChanges changes,
      Journal journal) {
    this.vertx = vertx;
    this.source = source;
    this.planner = planner;
    this.changes = changes;
    this.journal = journal;
    this.reads = new SerialQueue(vertx);
  }

  /** The path of the file; empty if there is none. */
  String path() {
    return source == null ? "" : source.file();
  }

  /** See {@link ConfigManager#reload(Caller, boolean)}. */
  Future<JsonObject> reload(Caller caller, boolean reset) {
    // It is read before its turn, so that a file that cannot be read holds no other command up; and
    // takes its turn before the next is read, so that what was read last is in force in the end.
    return reads
        .submit(
            () -> {
              Future<LoadedConfig> read = blocking(requireFile()::load);
              return read.transform(
                  done -> Future.succeededFuture(takeEffect(read, caller, reset)));
            })
        .compose(effect -> effect);
  }

  private Future<JsonObject> takeEffect(Future<LoadedConfig> read, Caller caller, boolean reset) {
    return changes.inTurn(
        () ->
            read.compose(loaded -> takeEffect(loaded, caller, reset))
                .onFailure(
                    cause ->
                        journal.reloadRefused(caller, path(), changes.state().version(), cause))
                .map(Applied::toJson));
  }

  private Future<Applied> takeEffect(LoadedConfig loaded, Caller caller, boolean reset) {
    ConfigState before = changes.state();
    boolean fileChanged = !loaded.isSameAs(before.loaded());
    ChangePlan plan = planner.file(before, loaded.config(), path(), reset);
    return changes
        .make(plan, caller, "config.reload")
        .onSuccess(
            done -> {
              changes.loaded(loaded);
              journal.reloaded(caller, path(), before.version(), fileChanged, done);
              if (fileChanged) {
                journal.suspect(path(), loaded.allWarnings());
              }
            });
  }

  /** See {@link ConfigManager#plan}. */
  Future<JsonObject> plan(String toml) {
    ConfigSource from = requireSource();
    return blocking(() -> from.plan(toml)).map(file -> planned(file, false));
  }

  /** See {@link ConfigManager#planReload}. */
  Future<JsonObject> planReload(boolean reset) {
    ConfigSource from = requireFile();
    return blocking(from::planLoad).map(file -> planned(file, reset));
  }

  private JsonObject planned(PlannedConfig file, boolean reset) {
    // Read once: a change may come in between, whose reversal would be planned.
    ConfigState now = changes.state();
    ChangePlan plan = planner.file(now, file.config(), path(), reset);
    return new Applied(now.version(), plan.steps())
        .toJson()
        .put("hidden", file.hiddenToJson())
        .put("warnings", warnings(plan, file));
  }

  private static JsonArray warnings(ChangePlan plan, PlannedConfig file) {
    JsonArray warnings = new JsonArray();
    plan.warnings().forEach(warnings::add);
    file.warnings().forEach(warnings::add);
    return warnings;
  }

  private ConfigSource requireSource() {
    if (source == null) {
      throw CommandException.conflict("there is no configuration that a file could be part of");
    }
    return source;
  }

  private ConfigSource requireFile() {
    if (source == null || !source.hasFile()) {
      throw CommandException.conflict("this process has no configuration file");
    }
    return source;
  }

  private <T> Future<T> blocking(Callable<T> action) {
    return vertx.executeBlocking(action, false).recover(FileReloads::refused);
  }

  private static <T> Future<T> refused(Throwable cause) {
    return Future.failedFuture(
        cause instanceof ConfigException invalid ? CommandException.invalid(invalid) : cause);
  }
}
