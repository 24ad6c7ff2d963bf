package io.loble.control;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Closes quiet connections of backends that have more than their share, a few at a time, so that
 * they come back to others.
 */
final class PoolRebalance implements Command {

  private static final long ALL = 100;
  private static final Duration OVER = Duration.ofSeconds(60);
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final ConfigManager manager;
  private final StatusView view;
  private final Lookup lookup;
  private final Map<String, Rebalancing> running = new ConcurrentHashMap<>();

  PoolRebalance(Vertx vertx, ConfigManager manager, StatusView view, Lookup lookup) {
    this.vertx = vertx;
    this.manager = manager;
    this.view = view;
    this.lookup = lookup;
  }

  @Override
  public String name() {
    return "pool.rebalance";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    arguments.allowOnly("pool", "percent", "over", "idle");
    String pool = lookup.poolName(arguments);
    long percent = arguments.number("percent", 0, ALL).orElse(ALL);
    Duration over = arguments.duration("over").orElse(OVER);
    Duration idle = arguments.duration("idle").orElse(IDLE);
    return manager.act(
        caller,
        name(),
        "pool " + pool,
        () -> Future.succeededFuture(begin(pool, (int) percent, over, idle)));
  }

  private JsonObject begin(String pool, int percent, Duration over, Duration idle) {
    List<Surplus> surpluses = Surplus.of(view.snapshotOf(pool), percent);
    Rebalancing started = new Rebalancing(vertx, view, pool, surpluses, over, idle);
    Rebalancing before = running.remove(pool);
    if (before != null) {
      before.stop();
    }
    if (started.hasWork()) {
      running.put(pool, started);
      started.start(() -> running.remove(pool, started));
    }
    return answer(pool, surpluses, over);
  }

  private static JsonObject answer(String pool, List<Surplus> surpluses, Duration over) {
    JsonArray backends = new JsonArray();
    surpluses.forEach(surplus -> backends.add(surplus.toJson()));
    return new JsonObject()
        .put("pool", pool)
        .put("over_ms", over.toMillis())
        .put("closing", surpluses.stream().mapToInt(Surplus::closing).sum())
        .put("backends", backends);
  }
}
