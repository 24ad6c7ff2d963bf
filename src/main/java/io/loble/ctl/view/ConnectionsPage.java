package io.loble.ctl.view;

import io.loble.ctl.answer.Items;
import io.loble.terminal.Table;
import io.loble.terminal.Table.Cell;
import io.loble.terminal.Units;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/** Live connections as a table. */
public final class ConnectionsPage {

  private ConnectionsPage() {}

  public static String text(JsonObject answer, Ansi ansi) {
    List<JsonObject> shown = Items.of(answer, "connections", item -> item);
    boolean withTls = shown.stream().anyMatch(connection -> !tls(connection).isEmpty());
    Table table =
        new Table()
            .left("connection", "listener", "pool", "backend", "client")
            .right("age", "idle", "to backend", "to client")
            .left("mode", "state")
            .left(withTls ? new String[] {"tls"} : new String[0]);
    shown.forEach(connection -> table.row(row(connection, withTls)));
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

  private static Cell[] row(JsonObject connection, boolean withTls) {
    List<Cell> cells = new ArrayList<>();
    for (String key : List.of("id", "listener", "pool")) {
      cells.add(Cell.of(connection.getString(key, "")));
    }
    cells.add(Cell.of(backend(connection)));
    cells.add(Cell.of(connection.getString("client", "")));
    cells.add(Cell.of(Units.time(connection.getLong("age_ms", 0L))));
    cells.add(Cell.of(Units.time(connection.getLong("idle_ms", 0L))));
    cells.add(Cell.of(bytes(connection, "bytes_to_backend")));
    cells.add(Cell.of(bytes(connection, "bytes_to_client")));
    cells.add(Cell.of(connection.getString("mode", "")));
    cells.add(Cell.of(connection.getString("state", "")));
    if (withTls) {
      cells.add(Cell.of(tls(connection)));
    }
    return cells.toArray(Cell[]::new);
  }

  /** The version, and the host that the client has asked for, as far as they are known. */
  private static String tls(JsonObject connection) {
    return Stream.of(connection.getString("tls"), connection.getString("sni"))
        .filter(Objects::nonNull)
        .collect(Collectors.joining(" "));
  }

  private static String backend(JsonObject connection) {
    String backend = connection.getString("backend");
    return backend == null ? "-" : backend;
  }

  private static String bytes(JsonObject connection, String key) {
    return Units.bytes((double) connection.getLong(key, 0L));
  }
}
