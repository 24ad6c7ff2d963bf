package io.loble.ctl;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl rollback}. */
@Command(name = "rollback", description = "Goes back to an earlier version.")
final class RollbackCommand extends Action {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "VERSION",
      description = "Which one; default the one before.")
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
