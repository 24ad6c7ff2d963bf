package io.loble.admin;

import io.loble.upstream.Events;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to HTTP clients, as server-sent events (WHATWG HTML, section 9.2). To be used from
 * one context.
 */
final class EventStream implements Handler<RoutingContext> {

  /** How many events are kept for clients that reconnect, and how many characters of them. */
  private static final int KEPT = 256;

  private static final int KEPT_CHARACTERS = 1 << 20;

  /** Shorter than the idle timeouts of what may stand between. */
  private static final long COMMENT_MILLIS = 15_000;

  /** Each may hold a write queue, and at first all events that are kept. */
  private static final int MOST_LISTENERS = 32;

  private static final String LAST_EVENT_ID = "Last-Event-ID";

  private final Vertx vertx;
  private final Deque<Sent> kept = new ArrayDeque<>();
  private final Set<HttpServerResponse> listeners = new LinkedHashSet<>();
  private @Nullable MessageConsumer<JsonObject> consumer;
  private long timer;
  private long lastId;
  private int keptCharacters;

  /** An event as it is sent. */
  private record Sent(long id, String text) {}

  EventStream(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Begins to keep events. */
  void open() {
    // In a cluster the address tells of every node, and no event says of which.
    consumer = vertx.eventBus().localConsumer(Events.ADDRESS, this::happened);
    timer = vertx.setPeriodic(COMMENT_MILLIS, id -> sendAll(":\n\n"));
  }

  /** Ends every stream. */
  void close() {
    if (consumer != null) {
      consumer.unregister();
      consumer = null;
      vertx.cancelTimer(timer);
    }
    List.copyOf(listeners).forEach(HttpServerResponse::end);
    listeners.clear();
  }

  @Override
  public void handle(RoutingContext ctx) {
    if (listeners.size() >= MOST_LISTENERS) {
      Overload.refuse(ctx, "there are too many event streams");
      return;
    }
    HttpServerResponse response = ctx.response();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .setChunked(true)
        .closeHandler(closed -> listeners.remove(response))
        .exceptionHandler(broken -> listeners.remove(response));
    if (ctx.request().method().name().equals("HEAD")) {
      response.end();
      return;
    }
    listeners.add(response);
    response.write(":\n\n" + missed(ctx.request().getHeader(LAST_EVENT_ID)));
  }

  private String missed(@Nullable String lastSeen) {
    if (lastSeen == null || !lastSeen.matches("\\d{1,18}")) {
      return "";
    }
    long seen = Long.parseLong(lastSeen);
    StringBuilder text = new StringBuilder();
    // Numbers begin again with the process: a client with a higher one has it from an earlier
    // process.
    kept.stream()
        .filter(event -> event.id() > seen || seen > lastId)
        .forEach(event -> text.append(event.text()));
    return text.toString();
  }

  private void happened(Message<JsonObject> message) {
    lastId++;
    JsonObject event = message.body();
    String text =
        "id: %d\nevent: %s\ndata: %s\n\n"
            .formatted(lastId, event.getString("type", "message"), event.encode());
    keep(new Sent(lastId, text));
    sendAll(text);
  }

  private void keep(Sent event) {
    kept.addLast(event);
    keptCharacters += event.text().length();
    while (kept.size() > KEPT || keptCharacters > KEPT_CHARACTERS) {
      keptCharacters -= kept.removeFirst().text().length();
    }
  }

  private void sendAll(String text) {
    for (HttpServerResponse response : new ArrayList<>(listeners)) {
      if (response.writeQueueFull()) {
        // It does not read; what it misses it can ask for when it comes back.
        listeners.remove(response);
        response.reset();
      } else {
        response.write(text);
      }
    }
  }
}
