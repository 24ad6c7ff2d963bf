package io.loble.control;

import io.loble.config.diff.ConfigStep;
import io.loble.upstream.Events;
import io.loble.upstream.Events.Event;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports what was changed and refused: in the log, in the status and as events. */
final class Journal {

  private static final Logger adminLog = LoggerFactory.getLogger("loble.admin");
  private static final Logger configLog = LoggerFactory.getLogger("loble.config");

  private final Events events;
  private final ProcessStatus process;

  Journal(Vertx vertx) {
    this.events = new Events(vertx);
    this.process = ProcessStatus.of(vertx);
  }

  /** A command was carried out. */
  void changed(
      String command,
      Caller caller,
      String what,
      @Nullable Object before,
      @Nullable Object after,
      Applied applied) {
    adminLog.info("[admin] {} by {}: {}: {}", command, caller.name(), what, words(applied));
    warnOfNextStart(applied);
    events.publish(new Event(command, caller.name(), what, before, after), further(applied));
  }

  /** A command was carried out that changes no configuration. */
  void acted(String command, Caller caller, String what, JsonObject answer) {
    adminLog.info("[admin] {} by {}: {}", command, caller.name(), what);
    events.publish(new Event(command, caller.name(), what, null, answer), new JsonObject());
  }

  /**
   * The file was read, and what it says is in force.
   *
   * @param fileChanged whether it says anything else than before
   */
  void reloaded(Caller caller, String file, long before, boolean fileChanged, Applied applied) {
    if (fileChanged || applied.changed()) {
      process.reloaded();
      configLog.info("[config] {} reloaded: {}", file, words(applied));
      warnOfNextStart(applied);
      events.publish(
          new Event("config.reload", caller.name(), file, before, applied.version()),
          further(applied));
    } else if (process.config().error() != null) {
      process.reloadRecovered();
      configLog.info("[config] {} is valid again; nothing changed", file);
    }
  }

  /** The file is in force now, and probably has mistakes. */
  void suspect(String file, List<String> warnings) {
    warnings.forEach(warning -> configLog.warn("[config] {}: {}", file, warning));
  }

  /** The file was read, and cannot be used. Reported once per error that is new. */
  void reloadRefused(Caller caller, String file, long version, Throwable cause) {
    String error = String.valueOf(cause.getMessage());
    if (Objects.equals(error, process.config().error())) {
      return;
    }
    process.reloadFailed(error);
    configLog.error("[config] not reloaded, nothing changed:\n{}", error);
    JsonArray errors =
        cause instanceof CommandException refused ? refused.errors() : new JsonArray();
    events.publish(
        new Event("config.refused", caller.name(), file, version, version),
        new JsonObject().put("detail", error).put("errors", errors));
  }

  private static void warnOfNextStart(Applied applied) {
    applied.steps().stream()
        .map(step -> step.change().key())
        .filter(Objects::nonNull)
        .filter(key -> key.startsWith("admin.") || key.startsWith("metrics."))
        .forEach(key -> configLog.warn("[config] {} takes effect at the next start", key));
  }

  private static JsonObject further(Applied applied) {
    return new JsonObject().put("version", applied.version()).put("steps", applied.stepsToJson());
  }

  private static String words(Applied applied) {
    List<Step> steps = applied.steps();
    return steps.isEmpty()
        ? "nothing to change"
        : steps.stream().map(Step::change).map(ConfigStep::text).collect(Collectors.joining("; "));
  }
}
