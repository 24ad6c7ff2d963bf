package io.loble.ctl.command;

import io.loble.ctl.client.Request;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;

/** {@code ctl ready}. */
@Command(name = "ready", description = "Sends a backend new connections again.")
final class ReadyCommand extends PoolAction {

  @Override
  Request request(String path, Words words) {
    return Request.send("PATCH", path, new JsonObject().put("state", "ready"));
  }
}
