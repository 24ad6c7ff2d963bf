package io.loble.upstream;

import io.loble.model.Pool;
import io.loble.model.Snapshot;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.LocalMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the current snapshot is kept for all verticles of a Vert.x instance: in a shared local map,
 * each new version announced on the event bus.
 */
public final class SnapshotStore {

  /** Event-bus address on which {@code {"version": n}} is published for every new snapshot. */
  public static final String ADDRESS = "loble.snapshot";

  private static final String CURRENT = "current";

  private final Vertx vertx;
  private final LocalMap<String, Snapshot> map;

  public SnapshotStore(Vertx vertx) {
    this.vertx = vertx;
    this.map = vertx.sharedData().getLocalMap("loble.snapshots");
  }

  /** The current snapshot; null before the first was put. May be called from any thread. */
  public @Nullable Snapshot current() {
    return map.get(CURRENT);
  }

  /** Puts the first snapshot unless another verticle was faster, and returns what is there. */
  public Snapshot initialize(Snapshot first) {
    Snapshot before = map.putIfAbsent(CURRENT, first);
    return before == null ? first : before;
  }

  /** Replaces the current snapshot and announces it. Only the owner of health may call this. */
  public void publish(Snapshot snapshot) {
    map.put(CURRENT, snapshot);
    vertx.eventBus().publish(ADDRESS, new JsonObject().put("version", snapshot.version()));
  }

  /** The pool of that name in the current snapshot; null when there is none. */
  public @Nullable Pool pool(String name) {
    Snapshot now = current();
    return now == null ? null : now.pool(name);
  }

  /**
   * Publishes a snapshot of the pools, with the next version, unless the current one has the same.
   * Only the owner of health may call this.
   */
  void publishIfChanged(Map<String, Pool> pools) {
    Snapshot before = current();
    if (before == null || !before.pools().equals(pools)) {
      publish(new Snapshot(before == null ? 1 : before.version() + 1, pools));
    }
  }

  /**
   * Calls the handler with the current snapshot after each announcement, on the context this is
   * called from.
   */
  public MessageConsumer<JsonObject> onChange(Handler<Snapshot> handler) {
    return vertx
        .eventBus()
        .localConsumer(
            ADDRESS,
            message -> {
              Snapshot snapshot = current();
              if (snapshot != null) {
                handler.handle(snapshot);
              }
            });
  }
}
