package io.loble.health;

import io.loble.config.BackendConfig;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.model.Backend;
import io.loble.model.BackendState;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import io.loble.model.Snapshot;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the health of all backends: hears outcomes, runs probes, drives the state machine and
 * publishes a snapshot whenever a state or the configuration has changed.
 *
 * <p>Belongs to the context it is started on: every method is called there.
 */
public final class HealthMonitor {

  /** Event-bus address on which changes of state are published. */
  public static final String EVENTS = "loble.events";

  private static final Logger log = LoggerFactory.getLogger("loble.health");

  private final Vertx vertx;
  private final SnapshotStore store;
  private final Probes probes;
  private final RandomGenerator random;
  private final Map<String, TrackedPool> pools = new LinkedHashMap<>();
  private @Nullable MessageConsumer<JsonObject> outcomes;

  /**
   * @param random what jitter is drawn from
   */
  public HealthMonitor(Vertx vertx, RandomGenerator random) {
    this.vertx = vertx;
    this.store = new SnapshotStore(vertx);
    this.probes = new Probes(vertx);
    this.random = random;
  }

  /** A pool, and its backends by name in the order of the configuration. */
  private record TrackedPool(
      PoolConfig config, PoolStats stats, Map<String, TrackedBackend> backends) {}

  /** Publishes the first snapshot and begins to listen and to probe. */
  public void start(LobleConfig config) {
    outcomes =
        vertx
            .eventBus()
            .localConsumer(Outcome.ADDRESS, message -> heard(Outcome.fromJson(message.body())));
    apply(config);
  }

  /** Stops listening and probing; the last snapshot stays. */
  public void stop() {
    if (outcomes != null) {
      outcomes.unregister();
    }
    pools.values().forEach(pool -> pool.backends().values().forEach(TrackedBackend::stop));
  }

  /**
   * Takes over a configuration. A backend that keeps its pool, name and address keeps its health
   * and its counters; a pool that keeps its name keeps its turn.
   */
  public void apply(LobleConfig config) {
    Map<String, TrackedPool> before = new LinkedHashMap<>(pools);
    pools.clear();
    Snapshot known = store.current();
    for (PoolConfig pool : config.pools().values()) {
      pools.put(pool.name(), track(pool, before.get(pool.name()), known));
    }
    before.values().forEach(pool -> pool.backends().values().forEach(TrackedBackend::stop));
    pools.values().forEach(pool -> pool.backends().values().forEach(TrackedBackend::start));
    publish();
  }

  private TrackedPool track(
      PoolConfig config, @Nullable TrackedPool before, @Nullable Snapshot known) {
    Pool knownPool = known == null ? null : known.pool(config.name());
    PoolStats stats = knownPool == null ? new PoolStats() : knownPool.stats();
    Map<String, TrackedBackend> backends = new LinkedHashMap<>();
    for (BackendConfig backend : config.backends()) {
      TrackedBackend previous = before == null ? null : before.backends().get(backend.name());
      backends.put(backend.name(), track(config, backend, previous, knownPool));
    }
    return new TrackedPool(config, stats, backends);
  }

  private TrackedBackend track(
      PoolConfig pool,
      BackendConfig config,
      @Nullable TrackedBackend previous,
      @Nullable Pool known) {
    ProbeLoop loop =
        new ProbeLoop(
            vertx,
            probes.of(config.address(), pool.health().active()),
            pool.health().active(),
            random);
    TrackedBackend tracked = new TrackedBackend(pool, config, loop, this::changed);
    if (previous != null && previous.address().equals(config.address())) {
      return tracked.continuing(previous);
    }
    if (known != null) {
      known.backends().stream()
          .filter(b -> b.name().equals(config.name()) && b.address().equals(config.address()))
          .findFirst()
          .ifPresent(b -> tracked.sharing(b.stats()));
    }
    return tracked;
  }

  private void heard(Outcome outcome) {
    TrackedPool pool = pools.get(outcome.pool());
    TrackedBackend backend = pool == null ? null : pool.backends().get(outcome.backend());
    // A connection can outlive the configuration that its backend was in.
    if (backend != null && backend.address().toString().equals(outcome.address())) {
      backend.heard(outcome);
    }
  }

  private void changed(TrackedBackend backend, BackendState from, BackendState to, String detail) {
    log(backend, from, to, detail);
    publish();
    vertx
        .eventBus()
        .publish(
            EVENTS,
            new JsonObject()
                .put("type", "backend.state")
                .put("pool", backend.poolName())
                .put("backend", backend.name())
                .put("from", from.label())
                .put("to", to.label())
                .put("detail", detail));
  }

  private static void log(
      TrackedBackend backend, BackendState from, BackendState to, String detail) {
    if (from.inRotation()) {
      log.warn(
          "[health] backend {} DOWN pool={} state={} reason: {}",
          backend.name(),
          backend.poolName(),
          to.label(),
          detail);
    } else if (to.inRotation()) {
      log.info("[health] backend {} UP pool={}", backend.name(), backend.poolName());
    } else {
      log.info("[health] backend {} drained pool={}", backend.name(), backend.poolName());
    }
  }

  private void publish() {
    Snapshot before = store.current();
    Map<String, Pool> current = new LinkedHashMap<>();
    pools.forEach((name, pool) -> current.put(name, snapshotOf(pool)));
    if (before == null || !before.pools().equals(current)) {
      store.publish(new Snapshot(before == null ? 1 : before.version() + 1, current));
    }
  }

  private static Pool snapshotOf(TrackedPool pool) {
    List<Backend> backends =
        pool.backends().values().stream().map(TrackedBackend::snapshot).toList();
    return Snapshots.pool(pool.config(), backends, pool.stats());
  }
}
