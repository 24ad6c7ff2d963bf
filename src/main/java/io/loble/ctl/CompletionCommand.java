package io.loble.ctl;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ctl completion}: the one that asks no balancer. */
@Command(
    name = "completion",
    description = "Prints a script with which bash and zsh complete the command 'loble'.")
final class CompletionCommand implements Runnable {

  private static final String NAME = "loble";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    CommandLine command = spec.commandLine();
    command.getOut().print(AutoComplete.bash(NAME, spec.root().commandLine()));
    command.getOut().flush();
  }
}
