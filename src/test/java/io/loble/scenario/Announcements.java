package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a balancer announces on the event bus, from now on. */
final class Announcements {

  private final List<JsonObject> reloads = new CopyOnWriteArrayList<>();
  private final Queue<String> disorder = new ConcurrentLinkedQueue<>();
  private volatile long snapshot;

  Announcements(Vertx vertx) {
    vertx
        .eventBus()
        .<JsonObject>consumer("loble.events", m -> event(m.body()))
        .completion()
        .await();
    vertx
        .eventBus()
        .<JsonObject>consumer("loble.snapshot", m -> snapshot(m.body().getLong("version")))
        .completion()
        .await();
  }

  private void event(JsonObject event) {
    String type = event.getString("type");
    if (type.equals("config.reload") || type.equals("config.refused")) {
      reloads.add(event);
    }
  }

  private void snapshot(long version) {
    if (version <= snapshot) {
      disorder.add("snapshot " + version + " after " + snapshot);
    }
    snapshot = version;
  }

  /** Snapshots whose version was not higher than the one before. */
  List<String> disorder() {
    return List.copyOf(disorder);
  }

  /** How often the file was loaded or refused. */
  int reloads() {
    return reloads.size();
  }

  /** Waits for the one after so many. */
  JsonObject awaitReload(int seen) {
    await()
        .pollInterval(Duration.ofMillis(2))
        .atMost(20, SECONDS)
        .until(() -> reloads.size() > seen);
    return reloads.get(seen);
  }
}
