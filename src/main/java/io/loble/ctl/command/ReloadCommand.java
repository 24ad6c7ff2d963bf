package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl reload}. */
@Command(name = "reload", description = "Reloads the configuration file now.")
final class ReloadCommand extends Action {

  @Parameters(
      paramLabel = "reset=true",
      description = "Also discards what was changed at run time.")
  private List<String> words = List.of();

  @Override
  void run(Session session) throws CtlException {
    Changes.make(session, "config/reload", Words.parse(words, Key.RESET).without());
  }
}
