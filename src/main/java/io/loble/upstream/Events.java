package io.loble.upstream;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Publishes what has changed, and who changed it. May be used from any thread. */
public final class Events {

  /** Event-bus address on which events are published. */
  public static final String ADDRESS = "loble.events";

  private final Vertx vertx;

  public Events(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * What every event says.
   *
   * @param type what kind of change it was, such as {@code backend.state}
   * @param who made the change
   * @param what was changed, in words
   * @param before how it was, as JSON has it; null where there was nothing
   * @param after how it is, as JSON has it; null where there is nothing any more
   */
  public record Event(
      String type, String who, String what, @Nullable Object before, @Nullable Object after) {}

  /** Publishes an event, with further members. */
  public void publish(Event event, JsonObject further) {
    JsonObject json =
        new JsonObject()
            .put("type", event.type())
            .put("at", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
            .put("who", event.who())
            .put("what", event.what())
            .put("before", event.before())
            .put("after", event.after());
    vertx.eventBus().publish(ADDRESS, json.mergeIn(further));
  }
}
