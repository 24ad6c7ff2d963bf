package io.loble.history;

import io.loble.model.BuildInfo;
import io.loble.upstream.Events;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the history of the balancer that runs in a Vert.x instance, from {@link #start} on. Samples
 * are taken on worker threads: with thousands of backends they take milliseconds, in which an event
 * loop should relay.
 */
public final class HistoryKeeper {

  private final Vertx vertx;
  private final Timeline timeline;
  private @Nullable MessageConsumer<JsonObject> consumer;
  private long timer;

  public HistoryKeeper(Vertx vertx) {
    this.vertx = vertx;
    this.timeline = new Timeline(SlotClock.system(), new Sampler(vertx));
  }

  /** Begins. To be called once, like {@link #stop} from one context. */
  public void start() {
    timeline.happened(
        new JsonObject()
            .put("type", "start")
            .put("who", "process")
            .put("what", "version " + BuildInfo.version()));
    // In a cluster the address tells of every node, and no event says of which.
    consumer =
        vertx
            .eventBus()
            .localConsumer(Events.ADDRESS, message -> timeline.happened(message.body()));
    next();
  }

  /** Ends. */
  public void stop() {
    if (consumer != null) {
      consumer.unregister();
      consumer = null;
      vertx.cancelTimer(timer);
    }
  }

  /**
   * What is asked for. May be called from any thread.
   *
   * @return empty when there is no history of that
   */
  public Future<Optional<HistoryPage>> page(HistoryQuery query) {
    return vertx.executeBlocking(() -> timeline.page(query), false);
  }

  /** The names of what there is a history of, among those that are like that one. */
  public List<String> known(Scope scope) {
    return timeline.known(scope);
  }

  private void next() {
    timer = vertx.setTimer(timeline.millisToNext(), fired -> sample());
  }

  private void sample() {
    vertx
        .executeBlocking(
            () -> {
              timeline.sample();
              return null;
            },
            false)
        .onComplete(
            done -> {
              if (consumer != null) {
                next();
              }
            });
  }
}
