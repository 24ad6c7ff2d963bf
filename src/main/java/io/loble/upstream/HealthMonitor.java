package io.loble.upstream;

import io.loble.config.ActiveCheck;
import io.loble.config.BackendConfig;
import io.loble.config.DiscoverySource;
import io.loble.config.DnsLookups;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.model.Address;
import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.Discovered;
import io.loble.model.FreeRoom;
import io.loble.model.Pool;
import io.loble.net.ShortageLog;
import io.loble.upstream.discovery.EndpointSource;
import io.loble.upstream.health.BackendMonitor;
import io.loble.upstream.health.Clock;
import io.loble.upstream.health.MonitorListener;
import io.loble.upstream.health.Outcome;
import io.loble.upstream.health.OutcomeConsumer;
import io.loble.upstream.health.Tally;
import io.loble.upstream.member.MemberChanges;
import io.loble.upstream.probe.ProbeLoop;
import io.loble.upstream.probe.Probes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Connects membership, health and snapshots: passes configurations to the pools and outcomes to the
 * monitors of backends, and publishes a snapshot whenever a state or the membership has changed. A
 * backend that was removed stays in the snapshot, out of rotation, until its last connection has
 * ended.
 *
 * <p>Belongs to the context it is started on: every method is called there.
 */
public final class HealthMonitor {

  private static final String EJECTED_BY_COMMAND = "by command";

  /** Between two snapshots that sources of backends are the reason of. */
  private static final long FOUND_MILLIS = 100;

  /** From so many backends on, what a snapshot costs is looked at. */
  private static final int MANY = 500;

  private final Vertx vertx;
  private final SnapshotStore store;
  private final BackendTls tls;
  private final Probes probes;
  private final RandomGenerator random;
  private final ShortageLog shortages;
  private final HealthNews news;
  private final DiscoveryNews foundNews;
  private final PoolDiscovery.Factory sources;
  private final Changes changes = new Changes();
  private final Clock clock;
  private final UpstreamPools pools;
  private final Drains drains;
  private final Throttle finds;
  private final Throttle publishing;
  private final List<Runnable> untold = new ArrayList<>();
  private Duration drainTime = Duration.ZERO;
  private long publishNanos;
  private int backends;
  private boolean serves;
  private @Nullable OutcomeConsumer outcomes;
  private @Nullable MessageConsumer<JsonObject> orders;

  /**
   * @param random what jitter is drawn from
   */
  public HealthMonitor(Vertx vertx, RandomGenerator random) {
    this.vertx = vertx;
    this.store = new SnapshotStore(vertx);
    this.tls = BackendTls.of(vertx);
    this.probes = new Probes(vertx, (pool, settings) -> tls.client(vertx, pool, settings));
    this.random = random;
    this.shortages = ShortageLog.of(vertx);
    this.news = new HealthNews(vertx);
    this.clock = new VertxClock(vertx);
    this.foundNews = new DiscoveryNews(vertx);
    this.sources = new EndpointSources(vertx, random);
    this.pools = new UpstreamPools(new Pools(), clock);
    this.finds = new Throttle(clock, () -> FOUND_MILLIS, this::takeFound);
    this.publishing = new Throttle(clock, this::publishingPause, this::publishChanges);
    this.drains = new Drains(vertx, System::nanoTime, this::gone);
  }

  /** Publishes the first snapshot and begins to listen and to probe. */
  public void start(LobleConfig config) {
    outcomes = new OutcomeConsumer(vertx, this::heard, this::tallied);
    orders = vertx.eventBus().localConsumer(EjectionOrder.ADDRESS, this::ordered);
    apply(config, null);
  }

  /** Stops listening and probing; the last snapshot stays. */
  public void stop() {
    if (outcomes != null) {
      outcomes.stop();
    }
    if (orders != null) {
      orders.unregister();
    }
    finds.stop();
    publishing.stop();
    drains.stop();
    pools.stop();
  }

  /**
   * Reads what a configuration needs of files, before it is taken over.
   *
   * @return fails when a file cannot be used
   */
  public Future<Void> prepare(LobleConfig config) {
    return tls.prepare(vertx, config);
  }

  /**
   * Takes over a configuration. A backend that keeps its pool, name and address keeps its health
   * and its counters; a pool that keeps its name keeps its turn.
   *
   * @param drain how long connections of removed backends may last; {@code timeouts.drain} when it
   *     is null
   */
  public void apply(LobleConfig config, @Nullable Duration drain) {
    drainTime = config.timeouts().drain();
    pools.configure(config, store.current(), !serves);
    serves = true;
    tls.keepOnly(publish().values());
    Duration time = drain == null ? drainTime : drain;
    drains.follow(pools.all(), time.toMillis());
  }

  private void takeFound() {
    pools.takeFound();
    publishChanges();
    drains.follow(pools.all(), drainTime.toMillis());
  }

  /**
   * Closes what is left of a backend's connections when that time is over, unless it is to serve
   * again by then.
   *
   * @param time null for never, whatever was ordered before
   */
  public void closeWithin(String pool, String name, @Nullable Duration time) {
    for (BackendMonitor backend : pools.named(pool, name)) {
      if (backend.mode() == BackendMode.READY) {
        continue;
      }
      if (time == null) {
        drains.keep(backend);
      } else {
        drains.closeWithin(backend, time.toMillis());
      }
    }
  }

  private void ordered(Message<JsonObject> message) {
    EjectionOrder order = EjectionOrder.fromJson(message.body());
    for (BackendMonitor backend : pools.named(order.pool(), order.backend())) {
      if (order instanceof EjectionOrder.Eject eject) {
        backend.eject(EJECTED_BY_COMMAND, eject.time());
      } else {
        backend.readmit();
      }
    }
    message.reply(null);
  }

  private Map<String, Pool> publish() {
    long start = System.nanoTime();
    Map<String, Pool> snapshot = pools.snapshot();
    store.publishIfChanged(snapshot);
    snapshot.values().forEach(FreeRoom::handOut);
    news.panic(snapshot);
    publishNanos = System.nanoTime() - start;
    backends = snapshot.values().stream().mapToInt(pool -> pool.backends().size()).sum();
    return snapshot;
  }

  /** Snapshots of many backends take a fifth of the time at most; others are made at once. */
  private long publishingPause() {
    return backends < MANY
        ? 0
        : Math.min(FOUND_MILLIS, TimeUnit.NANOSECONDS.toMillis(4 * publishNanos));
  }

  private void publishChanges() {
    publish();
    List<Runnable> now = List.copyOf(untold);
    untold.clear();
    now.forEach(Runnable::run);
  }

  /** What pools ask for and tell. */
  private final class Pools implements UpstreamPool.Owner {

    @Override
    public BackendMonitor monitor(PoolConfig pool, BackendConfig backend, BackendStats stats) {
      return new BackendMonitor(pool, backend, stats, HealthMonitor.this::loop, clock, changes);
    }

    @Override
    public EndpointSource source(DiscoverySource which, DnsLookups lookups) {
      return sources.source(which, lookups);
    }

    @Override
    public void sharesChanged() {
      publishing.request();
    }

    @Override
    public void foundOthers() {
      finds.request();
    }

    @Override
    public void says(String pool, Discovered before, Discovered now) {
      foundNews.says(pool, before, now);
    }

    @Override
    public void took(String pool, Discovered source, MemberChanges taken) {
      foundNews.changed(pool, source, taken);
    }
  }

  private ProbeLoop loop(Address address, PoolConfig pool) {
    ActiveCheck check = pool.health().active();
    return new ProbeLoop(
        vertx, probes.of(pool.name(), address, check, pool.outbound()), check, random);
  }

  // A connection can outlive the configuration that its backend was in.

  private void heard(Outcome outcome) {
    BackendMonitor backend = pools.find(outcome.pool(), outcome.backend(), outcome.address());
    if (backend != null) {
      backend.heard(outcome);
    }
  }

  private void tallied(Tally tally) {
    BackendMonitor backend = pools.find(tally.pool(), tally.backend(), tally.address());
    if (backend != null) {
      backend.tallied(tally);
    }
  }

  /** What the monitors of backends tell. */
  private final class Changes implements MonitorListener {

    @Override
    public void changed(BackendMonitor backend, BackendState from, BackendState to, String detail) {
      news.logChange(backend, from, to, detail);
      untold.add(() -> news.publishChange(backend, from, to, detail));
      publishing.request();
    }

    @Override
    public void shareChanged() {
      publishing.request();
    }

    @Override
    public void trialGranted(BackendMonitor backend) {
      FreeRoom.handOut(store.pool(backend.poolName()));
    }

    @Override
    public boolean mayEject(BackendMonitor backend) {
      return pools.mayEject(backend);
    }

    @Override
    public void notProbed(String why) {
      shortages.report("probes", why);
    }
  }

  private void gone(List<BackendMonitor> left) {
    pools.forget(left);
    untold.add(() -> news.gone(left));
    // What sources find and drop all the time must not make snapshots by this either.
    finds.request();
  }
}
