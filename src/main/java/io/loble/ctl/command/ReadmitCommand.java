package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl readmit}. */
@Command(name = "readmit", description = "Ends the ejection of a backend.")
final class ReadmitCommand extends BackendAction {

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
    return Request.send("POST", path + "/readmit", new JsonObject());
  }
}
