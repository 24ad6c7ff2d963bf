package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.JsonText;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command below {@code ctl}: it reports every error in a line, and in the exit code. */
abstract class Action implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  abstract void run(Session session) throws CtlException;

  @Override
  public final Integer call() {
    CommandLine command = spec.commandLine();
    try {
      attempt(options().session(command));
      return ExitCode.OK;
    } catch (CtlException e) {
      command.getErr().println(options().isJson() ? JsonText.pretty(e.problem()) : e.getMessage());
      command.getErr().flush();
      return e.exitCode();
    }
  }

  private void attempt(Session session) throws CtlException {
    try {
      run(session);
    } catch (ClassCastException e) {
      // JSON, but with other things in it than a balancer's.
      throw session.client().strange();
    }
  }

  /** Those of {@code ctl}, which may be more than one level above. */
  private CtlOptions options() {
    CommandSpec above = spec;
    Optional<CtlOptions> options = optionsOf(above);
    while (options.isEmpty()) {
      above = above.parent();
      options = optionsOf(above);
    }
    return options.get();
  }

  private static Optional<CtlOptions> optionsOf(CommandSpec command) {
    return command.mixins().values().stream()
        .map(CommandSpec::userObject)
        .filter(CtlOptions.class::isInstance)
        .map(CtlOptions.class::cast)
        .findFirst();
  }
}
