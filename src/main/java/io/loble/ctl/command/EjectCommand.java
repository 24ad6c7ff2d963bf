package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl eject}. */
@Command(
    name = "eject",
    description = "Takes a backend out of rotation until a connection on trial succeeds.")
final class EjectCommand extends RetiringAction {

  @Parameters(
      index = "1..*",
      paramLabel = "pool=P time=TIME",
      description = "The pool, if several have the backend; after how long one is tried.")
  private List<String> words = List.of();

  @Override
  Words words() throws CtlException {
    return Words.parse(words, Key.POOL, Key.TIME);
  }

  @Override
  Request request(String path, Words words) {
    return Request.send("POST", path + "/eject", words.without(Key.POOL));
  }
}
