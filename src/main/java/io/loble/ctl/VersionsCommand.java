package io.loble.ctl;

import io.loble.terminal.Table;
import io.loble.terminal.Table.Cell;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;

/** {@code ctl versions}. */
@Command(name = "versions", description = "Lists the versions that rollback knows, newest first.")
final class VersionsCommand extends Action {

  @Override
  void run(Session session) throws CtlException {
    JsonArray versions = session.client().array(Request.get("config/versions"));
    session.print(versions, () -> table(versions).render(session.ansi()));
  }

  private static Table table(JsonArray versions) {
    Table table = new Table().right("version").left("at", "who", "what");
    versions.forEach(version -> row(table, (JsonObject) version));
    return table;
  }

  private static void row(Table table, JsonObject version) {
    table.row(
        Cell.of(version.getLong("version", 0L)),
        Cell.of(version.getString("at", "")),
        Cell.of(version.getString("who", "")),
        Cell.of(version.getString("what", "")));
  }
}
