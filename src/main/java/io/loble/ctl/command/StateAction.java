package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command that sets a state in which a backend gets no new clients. */
abstract class StateAction extends RetiringAction {

  @Parameters(
      index = "1..*",
      paramLabel = "pool=P timeout=TIME",
      description =
          "The pool, if several have the backend; when to close the remaining connections.")
  private List<String> words = List.of();

  private final String state;

  StateAction(String state) {
    this.state = state;
  }

  @Override
  Words words() throws CtlException {
    return Words.parse(words, Key.POOL, Key.TIMEOUT);
  }

  @Override
  Request request(String path, Words words) {
    return Request.send("PATCH", path, words.without(Key.POOL).put("state", state));
  }
}
