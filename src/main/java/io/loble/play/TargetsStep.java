package io.loble.play;

import java.util.List;

/**
 * The file in which the balancer finds backends is written anew.
 *
 * @param servers that it names then
 */
record TargetsStep(List<String> servers) implements Step {

  TargetsStep {
    servers = List.copyOf(servers);
  }

  @Override
  public String says() {
    return "targets: " + (servers.isEmpty() ? "none" : String.join(", ", servers));
  }

  @Override
  public void play(Stage stage) {
    stage.note();
    stage.bed().targets(servers);
  }
}
