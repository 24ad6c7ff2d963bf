package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl rm}. */
@Command(name = "rm", description = "Removes a backend after its connections have ended.")
final class RemoveCommand extends RetiringAction {

  @Parameters(
      index = "1..*",
      paramLabel = "pool=P timeout=TIME",
      description =
          "The pool, if several have the backend; when to close the remaining connections.")
  private List<String> words = List.of();

  @Override
  Words words() throws CtlException {
    return Words.parse(words, Key.POOL, Key.TIMEOUT);
  }

  @Override
  Request request(String path, Words words) {
    return Request.delete(path + words.query(Key.TIMEOUT));
  }
}
