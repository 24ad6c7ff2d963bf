package io.loble.play;

import io.loble.testbed.SimulatedBackend;
import java.util.Locale;

/** A server is started, stopped or killed. */
record ServerStep(Action action, String server) implements Step {

  enum Action {
    START,
    STOP,
    KILL
  }

  @Override
  public String says() {
    return action.name().toLowerCase(Locale.ROOT) + " " + server;
  }

  @Override
  public void play(Stage stage) {
    SimulatedBackend subject = stage.bed().server(server);
    switch (action) {
      case START -> subject.start();
      case STOP -> subject.stop();
      case KILL -> subject.kill();
    }
  }
}
