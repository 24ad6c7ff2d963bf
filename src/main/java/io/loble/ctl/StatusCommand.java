package io.loble.ctl;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;

/** {@code ctl status}. */
@Command(name = "status", description = "Shows the listeners, pools and backends.")
final class StatusCommand extends Action {

  static final Request REQUEST = Request.get("status");

  @Override
  void run(Session session) throws CtlException {
    JsonObject status = session.client().object(REQUEST);
    session.print(status, () -> StatusPage.text(StatusAnswer.of(status), session.ansi()));
  }
}
