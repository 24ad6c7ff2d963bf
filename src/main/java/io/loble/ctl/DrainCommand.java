package io.loble.ctl;

import picocli.CommandLine.Command;

/** {@code ctl drain}. */
@Command(name = "drain", description = "Gives a backend no new connections.")
final class DrainCommand extends BackendAction.ToState {

  DrainCommand() {
    super("drain");
  }
}
