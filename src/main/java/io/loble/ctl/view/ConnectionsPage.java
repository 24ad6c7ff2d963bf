package io.loble.ctl.view;

import io.loble.ctl.answer.Items;
import io.loble.terminal.Table;
import io.loble.terminal.Table.Cell;
import io.loble.terminal.Units;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** Live connections as a table. */
public final class ConnectionsPage {

  private ConnectionsPage() {}

  public static String text(JsonObject answer, Ansi ansi) {
    List<JsonObject> shown = Items.of(answer, "connections", item -> item);
    Table table =
        new Table()
            .left("connection", "listener", "pool", "backend", "client")
            .right("age", "idle", "to backend", "to client")
            .left("mode", "state");
    shown.forEach(connection -> row(table, connection));
    return (shown.isEmpty() ? "" : table.render(ansi) + "\n")
        + "%d of %d\n".formatted(shown.size(), answer.getLong("total", 0L));
  }

  /** The same in a sentence, of one that was closed. */
  public static String closed(JsonObject connection) {
    return "connection %s closed: client %s, backend %s, %s old, %s to backend, %s to client"
        .formatted(
            connection.getString("id", ""),
            connection.getString("client", ""),
            backend(connection),
            Units.time(connection.getLong("age_ms", 0L)),
            bytes(connection, "bytes_to_backend"),
            bytes(connection, "bytes_to_client"));
  }

  private static void row(Table table, JsonObject connection) {
    table.row(
        Cell.of(connection.getString("id", "")),
        Cell.of(connection.getString("listener", "")),
        Cell.of(connection.getString("pool", "")),
        Cell.of(backend(connection)),
        Cell.of(connection.getString("client", "")),
        Cell.of(Units.time(connection.getLong("age_ms", 0L))),
        Cell.of(Units.time(connection.getLong("idle_ms", 0L))),
        Cell.of(bytes(connection, "bytes_to_backend")),
        Cell.of(bytes(connection, "bytes_to_client")),
        Cell.of(connection.getString("mode", "")),
        Cell.of(connection.getString("state", "")));
  }

  private static String backend(JsonObject connection) {
    String backend = connection.getString("backend");
    return backend == null ? "-" : backend;
  }

  private static String bytes(JsonObject connection, String key) {
    return Units.bytes((double) connection.getLong(key, 0L));
  }
}
