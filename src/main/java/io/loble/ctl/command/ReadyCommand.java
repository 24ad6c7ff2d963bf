package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl ready}. */
@Command(name = "ready", description = "Sends a backend new connections again.")
final class ReadyCommand extends BackendAction {

  @Parameters(
      index = "1..*",
      paramLabel = "pool=P",
      description = "The pool, if several have the backend.")
  private List<String> words = List.of();

  @Override
  Words words() throws CtlException {
    return Words.parse(words, Key.POOL);
  }

  @Override
  Request request(String path, Words words) {
    return Request.send("PATCH", path, new JsonObject().put("state", "ready"));
  }
}
