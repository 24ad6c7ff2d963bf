package io.loble.ctl.command;

import picocli.CommandLine.Command;

/** {@code ctl maintenance}. */
@Command(name = "maintenance", description = "Sends a backend no new connections and no probes.")
final class MaintenanceCommand extends StateAction {

  MaintenanceCommand() {
    super("maintenance");
  }
}
