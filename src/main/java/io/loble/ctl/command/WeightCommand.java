package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl weight}. */
@Command(name = "weight", description = "Sets the weight of a backend.")
final class WeightCommand extends RetiringAction {

  @Parameters(
      index = "1",
      paramLabel = "N",
      description = "The weight, from 0 to 256; with 0 it gets no new clients.")
  private int weight;

  @Parameters(
      index = "2..*",
      paramLabel = "pool=P",
      description = "The pool, if several have the backend.")
  private List<String> words = List.of();

  @Override
  boolean retires() {
    return weight == 0;
  }

  @Override
  Words words() throws CtlException {
    return Words.parse(words, Key.POOL);
  }

  @Override
  Request request(String path, Words words) {
    return Request.send("PATCH", path, new JsonObject().put("weight", weight));
  }
}
