package io.loble.ctl;

import picocli.CommandLine.Command;

/** {@code ctl maintenance}. */
@Command(
    name = "maintenance",
    description = "Gives a backend no new connections, and no probes either.")
final class MaintenanceCommand extends BackendAction.ToState {

  MaintenanceCommand() {
    super("maintenance");
  }
}
