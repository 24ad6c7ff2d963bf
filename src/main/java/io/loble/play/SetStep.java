package io.loble.play;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;

/** A server behaves otherwise from now on. */
record SetStep(String server, JsonObject settings) implements Step {

  @Override
  public String says() {
    return "set " + server + " " + settings.encode();
  }

  @Override
  public void play(Stage stage) throws StepFailedException {
    try {
      stage.bed().server(server).set(settings);
    } catch (ReplyException e) {
      throw new StepFailedException(String.valueOf(e.getMessage()));
    }
  }
}
