package io.loble.ctl;

import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl connections}. */
@Command(name = "connections", description = "Lists live connections, the oldest first.")
final class ConnectionsCommand extends Action {

  @Parameters(
      paramLabel = "backend=B pool=P listener=L limit=N",
      description = "Filters, and the most to list; default 100.")
  private List<String> words = List.of();

  @Override
  void run(Session session) throws CtlException {
    Words which = Words.parse(words, Key.BACKEND, Key.POOL, Key.LISTENER, Key.LIMIT);
    String path = "connections" + which.query(Key.BACKEND, Key.POOL, Key.LISTENER, Key.LIMIT);
    JsonObject answer = session.client().object(Request.get(path));
    session.print(answer, () -> ConnectionsPage.text(answer, session.ansi()));
  }
}
