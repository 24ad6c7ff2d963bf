package io.loble.play;

import io.loble.sim.client.ClientReport;

/**
 * Clients end.
 *
 * @param stop whether they are told to, or end because their duration is over
 */
record EndClientsStep(String name, boolean stop) implements Step {

  @Override
  public String says() {
    return (stop ? "stop clients " : "await the end of clients ") + name;
  }

  @Override
  public void play(Stage stage) {
    ClientReport report = stop ? stage.stopClients(name) : stage.awaitClients(name);
    stage.tell(
        String.format(
            "      whole run: %d started, %d finished, %d stopped, %d failed, %d wrong answers",
            report.total().started(),
            report.total().finished(),
            report.total().stopped(),
            report.total().failed(),
            report.wrongAnswers()));
  }
}
