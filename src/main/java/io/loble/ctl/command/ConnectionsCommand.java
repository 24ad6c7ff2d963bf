package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.loble.ctl.view.ConnectionsPage;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl connections}. */
@Command(name = "connections", description = "Lists live connections, the oldest first.")
final class ConnectionsCommand extends Action {

  private static final Key[] KEYS = {Key.BACKEND, Key.POOL, Key.LISTENER, Key.CLIENT, Key.LIMIT};

  @Parameters(
      paramLabel = "backend=B pool=P listener=L client=C limit=N",
      description = "Filters, and the most to list; default 100.")
  private List<String> words = List.of();

  @Override
  void run(Session session) throws CtlException {
    Words which = Words.parse(words, KEYS);
    String path = "connections" + which.query(KEYS);
    JsonObject answer = session.client().object(Request.get(path));
    session.print(answer, () -> ConnectionsPage.text(answer, session.ansi()));
  }
}
