package io.loble.ctl.command;

import io.loble.ctl.CtlCommand;
import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.JsonText;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command below {@code ctl}: whatever goes wrong is said in a line, and in the exit code. */
abstract class Action implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  abstract void run(Session session) throws CtlException;

  @Override
  public final Integer call() {
    CommandLine command = spec.commandLine();
    try {
      attempt(ctl().session(command));
      return ExitCode.OK;
    } catch (CtlException e) {
      command.getErr().println(ctl().isJson() ? JsonText.pretty(e.problem()) : e.getMessage());
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

  private CtlCommand ctl() {
    CommandSpec above = spec;
    while (!(above.userObject() instanceof CtlCommand)) {
      above = above.parent();
    }
    return (CtlCommand) above.userObject();
  }
}
