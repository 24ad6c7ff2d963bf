package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.loble.ctl.view.ConnectionsPage;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl close}. */
@Command(name = "close", description = "Closes one live connection, with a reset.")
final class CloseCommand extends Action {

  @Parameters(paramLabel = "ID", description = "The id of the connection, from ctl connections.")
  private String id = "";

  @Override
  void run(Session session) throws CtlException {
    String path = "connections/" + Request.segment(id);
    JsonObject closed = session.client().object(Request.delete(path));
    session.print(closed, () -> ConnectionsPage.closed(closed));
  }
}
