package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl rollback}. */
@Command(name = "rollback", description = "Restores an earlier version of the configuration.")
final class RollbackCommand extends Action {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "VERSION",
      description = "Its number, as ctl versions lists it; default the previous version.")
  private @Nullable Integer version;

  @Override
  void run(Session session) throws CtlException {
    JsonObject body = new JsonObject();
    if (version != null) {
      body.put("version", version);
    }
    Changes.make(session, "config/rollback", body);
  }
}
