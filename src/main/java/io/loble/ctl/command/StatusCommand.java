package io.loble.ctl.command;

import io.loble.ctl.answer.StatusAnswer;
import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.loble.ctl.view.StatusPage;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;

/** {@code ctl status}. */
@Command(name = "status", description = "Shows the listeners, pools and backends.")
public final class StatusCommand extends Action {

  @Override
  void run(Session session) throws CtlException {
    JsonObject status = session.client().object(Request.STATUS);
    session.print(status, () -> StatusPage.text(StatusAnswer.of(status), session.ansi()));
  }
}
