package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;

/** {@code ctl config}. */
@Command(name = "config", description = "Prints the configuration in force, as TOML.")
final class ConfigCommand extends Action {

  @Override
  void run(Session session) throws CtlException {
    JsonObject config = session.client().object(Request.get("config"));
    session.print(config, () -> config.getString("toml", ""));
  }
}
