package io.loble.ctl.command;

import picocli.CommandLine.Command;

/** {@code ctl drain}. */
@Command(name = "drain", description = "Sends a backend no new connections; open ones go on.")
final class DrainCommand extends StateAction {

  DrainCommand() {
    super("drain");
  }
}
