package io.loble.ctl.command;

import io.loble.ctl.client.Request;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;

/** {@code ctl readmit}. */
@Command(name = "readmit", description = "Ends the ejection of a backend.")
final class ReadmitCommand extends PoolAction {

  @Override
  Request request(String path, Words words) {
    return Request.send("POST", path + "/readmit", new JsonObject());
  }
}
