package io.loble.play;

import io.loble.testbed.SimulatedBackend;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.OptionalInt;

/**
 * The balancer is given a command.
 *
 * @param command as on the event bus; {@code ${ID}} in it stands for the address of a server
 * @param refused the status that it must be refused with; empty when it must be carried out
 */
record CommandStep(JsonObject command, OptionalInt refused) implements Step {

  @Override
  public String says() {
    return "command " + command.encode();
  }

  @Override
  public void play(Stage stage) throws StepFailedException {
    stage.note();
    OptionalInt status = send(stage);
    if (!status.equals(refused)) {
      throw new StepFailedException(
          "the command was carried out, where it should be refused with " + refused.getAsInt());
    }
  }

  /** The status that it is refused with, if it is, and should be. */
  private OptionalInt send(Stage stage) throws StepFailedException {
    try {
      stage.bed().command(withAddresses(stage));
      return OptionalInt.empty();
    } catch (ReplyException e) {
      OptionalInt status = OptionalInt.of(e.failureCode());
      if (status.equals(refused)) {
        return status;
      }
      throw new StepFailedException("refused with " + e.failureCode() + ": " + e.getMessage());
    }
  }

  private JsonObject withAddresses(Stage stage) {
    String text = command.encode();
    for (SimulatedBackend server : stage.bed().servers()) {
      text = text.replace("${" + server.id() + "}", server.address().toString());
    }
    return new JsonObject(text);
  }
}
