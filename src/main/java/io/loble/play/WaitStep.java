package io.loble.play;

import java.time.Duration;

/** Time passes. */
record WaitStep(Duration time) implements Step {

  @Override
  public String says() {
    return "wait " + Text.of(time);
  }

  @Override
  public void play(Stage stage) {
    stage.pause(time);
  }
}
