package io.loble.upstream;

import io.loble.config.ActiveCheck;
import io.loble.config.BackendConfig;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.HostPort;
import io.loble.model.Pool;
import io.loble.model.Snapshot;
import io.loble.net.ShortageLog;
import io.loble.upstream.health.Outcome;
import io.loble.upstream.probe.ProbeLoop;
import io.loble.upstream.probe.Probes;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the health of all backends: hears outcomes, runs probes, drives the state machine and
 * publishes a snapshot whenever a state or the configuration has changed. A backend that was
 * removed stays in the snapshot, out of rotation, until its last connection has ended.
 *
 * <p>Belongs to the context it is started on: every method is called there.
 */
public final class HealthMonitor {

  private static final Logger log = LoggerFactory.getLogger("loble.health");

  /** How soon it is noticed that a backend which is leaving has no connection left. */
  private static final long SWEEP_MILLIS = 50;

  private static final String WHO = "health";

  private final Vertx vertx;
  private final SnapshotStore store;
  private final Probes probes;
  private final Events events;
  private final Departures departures;
  private final RandomGenerator random;
  private final ShortageLog shortages;
  private final Changes changes = new Changes();
  private final Map<String, TrackedPool> pools = new LinkedHashMap<>();
  private @Nullable MessageConsumer<JsonObject> outcomes;
  private @Nullable Long sweeper;

  /**
   * @param random what jitter is drawn from
   */
  public HealthMonitor(Vertx vertx, RandomGenerator random) {
    this.vertx = vertx;
    this.store = new SnapshotStore(vertx);
    this.probes = new Probes(vertx);
    this.events = new Events(vertx);
    this.departures = new Departures(vertx);
    this.random = random;
    this.shortages = ShortageLog.of(vertx);
  }

  /** Publishes the first snapshot and begins to listen and to probe. */
  public void start(LobleConfig config) {
    outcomes =
        vertx
            .eventBus()
            .localConsumer(Outcome.ADDRESS, message -> heard(Outcome.fromJson(message.body())));
    apply(config, null);
  }

  /** Stops listening and probing; the last snapshot stays. */
  public void stop() {
    if (outcomes != null) {
      outcomes.unregister();
    }
    stopSweeping();
    pools.values().forEach(TrackedPool::stop);
  }

  /**
   * Takes over a configuration. A backend that keeps its pool, name and address keeps its health
   * and its counters; a pool that keeps its name keeps its turn.
   *
   * @param drain how long connections of removed backends may last; {@code timeouts.drain} when it
   *     is null
   */
  public void apply(LobleConfig config, @Nullable Duration drain) {
    Map<String, TrackedPool> before = new LinkedHashMap<>(pools);
    pools.clear();
    config.pools().values().forEach(pool -> pools.put(pool.name(), tracked(pool, before)));
    before.values().forEach(TrackedPool::remove);
    pools.putAll(before);
    pools.values().removeIf(TrackedPool::isGone);
    publish();
    long millis = (drain == null ? config.timeouts().drain() : drain).toMillis();
    pools.values().stream()
        .flatMap(TrackedPool::all)
        .forEach(backend -> departures.follow(backend, millis));
    sweep();
  }

  /**
   * Closes what is left of a backend's connections when that time is over, unless it is to serve
   * again by then.
   *
   * @param time null for never, whatever was ordered before
   */
  public void closeWithin(String pool, String name, @Nullable Duration time) {
    TrackedPool tracked = pools.get(pool);
    if (tracked != null) {
      tracked
          .all()
          .filter(b -> b.name().equals(name) && b.mode() != BackendMode.READY)
          .forEach(b -> close(b, time));
      sweep();
    }
  }

  private void close(TrackedBackend backend, @Nullable Duration time) {
    if (time != null) {
      departures.close(backend, time.toMillis());
    } else {
      departures.keep(backend);
    }
  }

  private TrackedPool tracked(PoolConfig config, Map<String, TrackedPool> before) {
    TrackedPool same = before.remove(config.name());
    TrackedPool pool = same == null ? newPool(config) : same;
    pool.configure(config);
    return pool;
  }

  private TrackedPool newPool(PoolConfig config) {
    Snapshot known = store.current();
    return new TrackedPool(config, known == null ? null : known.pool(config.name()), this::track);
  }

  private TrackedBackend track(PoolConfig pool, BackendConfig backend, BackendStats stats) {
    return new TrackedBackend(pool, backend, stats, this::loop, changes);
  }

  private ProbeLoop loop(HostPort address, ActiveCheck check) {
    return new ProbeLoop(vertx, probes.of(address, check), check, random);
  }

  private void heard(Outcome outcome) {
    TrackedPool pool = pools.get(outcome.pool());
    // A connection can outlive the configuration that its backend was in.
    TrackedBackend backend = pool == null ? null : pool.find(outcome.backend(), outcome.address());
    if (backend != null) {
      backend.heard(outcome);
    }
  }

  /** What backends tell. */
  private final class Changes implements TrackedBackend.Listener {

    @Override
    public void changed(TrackedBackend backend, BackendState from, BackendState to, String detail) {
      HealthMonitor.this.changed(backend, from, to, detail);
    }

    @Override
    public void notProbed(String why) {
      shortages.report("probes", why);
    }
  }

  private void changed(TrackedBackend backend, BackendState from, BackendState to, String detail) {
    log(backend, from, to, detail);
    publish();
    events.publish(
        new Events.Event("backend.state", WHO, what(backend), from.label(), to.label()),
        names(backend).put("from", from.label()).put("to", to.label()).put("detail", detail));
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
      log.info(
          "[health] backend {} {} pool={}",
          backend.name(),
          to == BackendState.UNHEALTHY ? "drained" : "recovered",
          backend.poolName());
    }
  }

  private void publish() {
    Snapshot before = store.current();
    Map<String, Pool> current = new LinkedHashMap<>();
    pools.forEach((name, pool) -> current.put(name, pool.snapshot()));
    if (before == null || !before.pools().equals(current)) {
      store.publish(new Snapshot(before == null ? 1 : before.version() + 1, current));
    }
  }

  /** Looks after backends that are to lose their connections, for as long as there are any. */
  private void sweep() {
    boolean needed =
        pools.values().stream().flatMap(TrackedPool::all).anyMatch(b -> b.closing() != null);
    if (needed && sweeper == null) {
      sweeper = vertx.setPeriodic(SWEEP_MILLIS, timer -> swept());
    } else if (!needed) {
      stopSweeping();
    }
  }

  private void stopSweeping() {
    if (sweeper != null) {
      vertx.cancelTimer(sweeper);
      sweeper = null;
    }
  }

  private void swept() {
    pools.values().stream().flatMap(TrackedPool::all).forEach(departures::remind);
    List<TrackedBackend> gone =
        pools.values().stream()
            .flatMap(pool -> pool.leaving().stream())
            .filter(TrackedBackend::isLeft)
            .toList();
    if (!gone.isEmpty()) {
      pools.values().forEach(pool -> pool.forget(gone::contains));
      pools.values().removeIf(TrackedPool::isGone);
      publish();
      gone.forEach(this::gone);
    }
    sweep();
  }

  private void gone(TrackedBackend backend) {
    log.info("[health] backend {} gone pool={}", backend.name(), backend.poolName());
    events.publish(
        new Events.Event("backend.gone", WHO, what(backend), BackendMode.LEAVING.label(), null),
        names(backend));
  }

  private static JsonObject names(TrackedBackend backend) {
    return new JsonObject().put("pool", backend.poolName()).put("backend", backend.name());
  }

  private static String what(TrackedBackend backend) {
    return "backend " + backend.name() + " of pool " + backend.poolName();
  }
}
