package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command on one backend of which nothing more has to be said than where it is. */
abstract class PoolAction extends BackendAction {

  @Parameters(
      index = "1..*",
      paramLabel = "pool=P",
      description = "The pool, if several have the backend.")
  private List<String> words = List.of();

  @Override
  final Words words() throws CtlException {
    return Words.parse(words, Key.POOL);
  }
}
