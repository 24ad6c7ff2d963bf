package io.loble.demo;

import io.loble.ctl.view.EventLine;
import io.loble.upstream.Events;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last things that happened, in lines. May be used from any thread. */
final class News {

  private static final int KEPT = 50;

  private final Deque<String> lines = new ArrayDeque<>();

  /** Hears what the balancer announces. */
  static News of(Vertx vertx) {
    News news = new News();
    vertx
        .eventBus()
        .<JsonObject>localConsumer(
            Events.ADDRESS, message -> news.add(EventLine.brief(message.body())));
    return news;
  }

  synchronized void add(String line) {
    lines.addFirst(
        LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + "  " + line);
    if (lines.size() > KEPT) {
      lines.removeLast();
    }
  }

  /** The newest first. */
  synchronized List<String> latest(int count) {
    return lines.stream().limit(count).toList();
  }
}
