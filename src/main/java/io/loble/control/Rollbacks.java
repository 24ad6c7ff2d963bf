package io.loble.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Goes back to earlier versions, and says what that would change. */
final class Rollbacks {

  private static final String COMMAND = "config.rollback";

  private final ConfigPlanner planner;
  private final ConfigChanges changes;
  private final Journal journal;

  Rollbacks(ConfigPlanner planner, ConfigChanges changes, Journal journal) {
    this.planner = planner;
    this.changes = changes;
    this.journal = journal;
  }

  /** See {@link ConfigManager#rollback}. */
  Future<JsonObject> rollback(Caller caller, @Nullable Long number) {
    return changes.inTurn(() -> goBack(caller, number));
  }

  private Future<JsonObject> goBack(Caller caller, @Nullable Long number) {
    ConfigState before = changes.state();
    ConfigVersion target = find(before.versions(), number);
    return changes
        .make(planner.version(before.config(), target), caller, COMMAND)
        .onSuccess(
            done ->
                journal.changed(
                    COMMAND,
                    caller,
                    "to version " + target.number(),
                    before.version(),
                    done.version(),
                    done))
        .map(done -> done.toJson().put("restored", target.number()));
  }

  /** See {@link ConfigManager#planRollback}. */
  Future<JsonObject> plan(long number) {
    ConfigState now = changes.state();
    ChangePlan plan = planner.version(now.config(), find(now.versions(), number));
    return Future.succeededFuture(new Applied(now.version(), plan.steps()).toJson());
  }

  private static ConfigVersion find(VersionHistory versions, @Nullable Long number) {
    if (number == null) {
      return versions
          .previous()
          .orElseThrow(
              () ->
                  CommandException.conflict("this is the first version; there is no earlier one"));
    }
    return versions
        .find(number)
        .orElseThrow(
            () ->
                CommandException.unknown(
                    "version",
                    number.toString(),
                    versions.newestFirst().stream().map(v -> Long.toString(v.number())).toList()));
  }
}
