package io.loble.ctl.command;

import io.loble.ctl.answer.Items;
import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.loble.terminal.Table;
import io.loble.terminal.Table.Cell;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code ctl threads}. */
@Command(name = "threads", description = "Lists the threads of the process by CPU time.")
final class ThreadsCommand extends Action {

  @Override
  void run(Session session) throws CtlException {
    JsonObject answer = session.client().object(Request.get("threads"));
    session.print(
        answer, () -> table(Items.of(answer, "threads", item -> item)).render(session.ansi()));
  }

  private static Table table(List<JsonObject> threads) {
    Table table = new Table().left("thread", "state").right("cpu").left("in");
    threads.forEach(
        thread ->
            table.row(
                Cell.of(thread.getString("name", "")),
                Cell.of(thread.getString("state", "")),
                Cell.of(seconds(thread.getLong("cpu_ms", 0L))),
                Cell.of(top(thread.getJsonArray("stack", new JsonArray())))));
    return table;
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.2f s", millis / 1e3);
  }

  private static String top(JsonArray stack) {
    return stack.isEmpty() ? "" : stack.getString(0);
  }
}
