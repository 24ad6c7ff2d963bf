package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.loble.terminal.Table;
import io.loble.terminal.Table.Cell;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code ctl versions}. */
@Command(
    name = "versions",
    description = "Lists the versions that rollback can restore, newest first.")
final class VersionsCommand extends Action {

  private static final Cell NONE = Cell.of("");

  @Override
  void run(Session session) throws CtlException {
    JsonArray versions = session.client().array(Request.get("config/versions"));
    session.print(versions, () -> table(versions).render(session.ansi()));
  }

  private static Table table(JsonArray versions) {
    Table table = new Table().right("version").left("at", "who", "what", "changes");
    versions.forEach(version -> rows(table, (JsonObject) version));
    return table;
  }

  /** A row for the version, and one for each further change. */
  private static void rows(Table table, JsonObject version) {
    List<String> changes = changes(version);
    table.row(
        Cell.of(version.getLong("version", 0L)),
        Cell.of(version.getString("at", "")),
        Cell.of(version.getString("who", "")),
        Cell.of(version.getString("what", "")),
        Cell.of(changes.isEmpty() ? "" : changes.get(0)));
    changes.stream().skip(1).forEach(change -> table.row(NONE, NONE, NONE, NONE, Cell.of(change)));
  }

  private static List<String> changes(JsonObject version) {
    List<String> changes = new ArrayList<>();
    version.getJsonArray("changes", new JsonArray()).forEach(change -> changes.add("" + change));
    long more = version.getLong("more_changes", 0L);
    if (more > 0) {
      changes.add("and " + more + " more");
    }
    return changes;
  }
}
