package io.loble.control;

import io.loble.model.Backend;
import io.loble.model.BackendStats;
import io.loble.model.BuildInfo;
import io.loble.model.ListenerStats;
import io.loble.model.Pool;
import io.loble.model.Snapshot;
import io.loble.proxy.ListenerRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.temporal.ChronoUnit;
import java.util.Collection;

/**
 * Renders a running balancer as the JSON of the status. Names and order of the fields are part of
 * the contract. May be used from any thread.
 */
public final class StatusView {

  private final RunningBalancer balancer;

  public StatusView(RunningBalancer balancer) {
    this.balancer = balancer;
  }

  /** Everything: the process, its configuration, its listeners and its pools. */
  public JsonObject status() {
    ProcessStatus process = balancer.process();
    Snapshot snapshot = balancer.snapshot();
    return new JsonObject()
        .put("id", balancer.id())
        .put("version", BuildInfo.version())
        .put("uptime_ms", process.uptimeMillis())
        .put("transport", balancer.transport())
        .put("draining", process.draining())
        .put("snapshot_version", snapshot.version())
        .put("config", config(process.config()))
        .put("listeners", listeners())
        .put("pools", pools(snapshot.pools().values()));
  }

  /** Every pool, in the order of the configuration. */
  public JsonArray pools() {
    return pools(balancer.snapshot().pools().values());
  }

  /**
   * One pool.
   *
   * @throws CommandException with status 404, naming the pools there are
   */
  public JsonObject pool(String name) {
    Snapshot snapshot = balancer.snapshot();
    Pool pool = snapshot.pool(name);
    if (pool == null) {
      throw CommandException.unknown("pool", name, snapshot.pools().keySet());
    }
    return pool(pool);
  }

  private JsonArray listeners() {
    JsonArray result = new JsonArray();
    balancer.listeners().forEach(listener -> result.add(listener(listener)));
    return result;
  }

  private static JsonArray pools(Collection<Pool> pools) {
    JsonArray result = new JsonArray();
    pools.forEach(pool -> result.add(pool(pool)));
    return result;
  }

  private static JsonObject config(ProcessStatus.ConfigStatus config) {
    return new JsonObject()
        .put("version", config.version())
        .put("loaded_at", config.loadedAt().truncatedTo(ChronoUnit.MILLIS).toString())
        .put("error", config.error());
  }

  private static JsonObject listener(ListenerRegistry.Entry listener) {
    ListenerStats stats = listener.stats();
    return new JsonObject()
        .put("name", listener.name())
        .put("address", listener.address().toString())
        .put("pool", listener.pool())
        .put("active", stats.active())
        .put("accepted", stats.acceptedTotal())
        .put("rejected", stats.rejectedTotal());
  }

  private static JsonObject pool(Pool pool) {
    JsonArray backends = new JsonArray();
    pool.backends().forEach(backend -> backends.add(backend(backend)));
    return new JsonObject()
        .put("name", pool.name())
        .put("algorithm", pool.algorithm().label())
        .put("backends", backends);
  }

  private static JsonObject backend(Backend backend) {
    BackendStats stats = backend.stats();
    return new JsonObject()
        .put("name", backend.name())
        .put("address", backend.address().toString())
        .put("weight", backend.weight())
        .put("state", backend.state().label())
        .put("active", stats.active())
        .put("total", stats.total())
        .put("failures", stats.failures())
        .put("bytes_to_backend", stats.bytesToBackend())
        .put("bytes_to_client", stats.bytesToClient());
  }
}
