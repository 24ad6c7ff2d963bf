package io.loble.upstream.health;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/** Receives what the {@link OutcomeReporter}s of this node send, on the context it is made on. */
public final class OutcomeConsumer {

  private final MessageConsumer<JsonObject> outcomes;
  private final MessageConsumer<JsonObject> tallies;

  public OutcomeConsumer(Vertx vertx, Consumer<Outcome> outcome, Consumer<Tally> tally) {
    outcomes =
        vertx
            .eventBus()
            .localConsumer(
                Outcome.ADDRESS, message -> outcome.accept(Outcome.fromJson(message.body())));
    tallies =
        vertx
            .eventBus()
            .localConsumer(
                TallyReport.ADDRESS,
                message -> TallyReport.fromJson(message.body()).tallies().forEach(tally));
  }

  /** Nothing is received from now on. */
  public void stop() {
    outcomes.unregister();
    tallies.unregister();
  }
}
