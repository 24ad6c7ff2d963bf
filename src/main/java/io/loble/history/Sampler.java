package io.loble.history;

import io.loble.model.Backend;
import io.loble.model.BackendCounters;
import io.loble.model.Histogram;
import io.loble.model.ListenerStats;
import io.loble.model.Pool;
import io.loble.model.Rejection;
import io.loble.model.Snapshot;
import io.loble.net.ProcessLimit;
import io.loble.proxy.ListenerRegistry;
import io.loble.proxy.ProxyLoops;
import io.loble.upstream.SnapshotStore;
import io.vertx.core.Vertx;
import java.util.Arrays;

/** Reads the counters of the balancer that runs in a Vert.x instance. By one thread at a time. */
final class Sampler implements Source {

  private static final Rejection[] REASONS = Rejection.values();
  private static final double NANOS = 1e9;

  private final SnapshotStore snapshots;
  private final ListenerRegistry listeners;
  private final ProxyLoops loops;
  private final ProcessLimit connections;
  private final Growths growths = new Growths();
  private final Amounts ofProcess = new Amounts();
  private final Amounts ofPool = new Amounts();
  private final Amounts ofOne = new Amounts();

  Sampler(Vertx vertx) {
    this.snapshots = new SnapshotStore(vertx);
    this.listeners = new ListenerRegistry(vertx);
    this.loops = new ProxyLoops(vertx);
    this.connections = ProcessLimit.ofConnections(vertx);
  }

  @Override
  public void sample(Target target) {
    growths.begin();
    ofProcess.clear();
    listeners.entries().forEach(listener -> sampleListener(listener, target));
    Snapshot snapshot = snapshots.current();
    if (snapshot != null) {
      snapshot.pools().values().forEach(pool -> samplePool(pool, target));
    }
    loops.all().forEach(loop -> sample(loop.lagSeconds(), ofProcess.lags()));
    // Not the sum of all backends or listeners: some connections have none any more.
    ofProcess.setActive(connections.held());
    growths.end();
    target.process(ofProcess);
  }

  private void sampleListener(ListenerRegistry.Entry listener, Target target) {
    ofOne.clear();
    ListenerStats stats = listener.stats();
    long[] values = new long[1 + REASONS.length];
    values[0] = stats.acceptedTotal();
    for (int i = 0; i < REASONS.length; i++) {
      values[1 + i] = stats.rejectedTotal(REASONS[i]);
    }
    growths.replace(stats, values);
    ofOne.count(Amounts.ACCEPTED, values[0]);
    for (int i = 0; i < REASONS.length; i++) {
      ofOne.count(Amounts.rejected(REASONS[i]), values[1 + i]);
    }
    ofOne.setActive(stats.active());
    ofProcess.include(ofOne);
    target.listener(listener.name(), ofOne);
  }

  private void samplePool(Pool pool, Target target) {
    ofPool.clear();
    for (Backend backend : pool.backends()) {
      sampleBackend(backend);
      ofPool.include(ofOne);
      target.backend(pool.name(), backend.name(), ofOne);
    }
    ofProcess.include(ofPool);
    target.pool(pool.name(), ofPool);
  }

  private void sampleBackend(Backend backend) {
    ofOne.clear();
    BackendCounters counters = backend.stats().counters();
    long[] values = {
      counters.total(), counters.failures(), counters.bytesToBackend(), counters.bytesToClient()
    };
    growths.replace(counters, values);
    ofOne.count(Amounts.CONNECTIONS, values[0]);
    ofOne.count(Amounts.FAILURES, values[1]);
    ofOne.count(Amounts.BYTES_TO_BACKEND, values[2]);
    ofOne.count(Amounts.BYTES_TO_CLIENT, values[3]);
    sample(counters.connectSeconds(), ofOne.connects());
    ofOne.setActive(backend.stats().admission().active());
    ofOne.setBackends(backend.takesConnections() ? 1 : 0, 1);
  }

  private void sample(Histogram histogram, Spread spread) {
    long[] counts = histogram.counts();
    long[] values = Arrays.copyOf(counts, counts.length + 1);
    values[counts.length] = Math.round(histogram.sumSeconds() * NANOS);
    growths.replace(histogram, values);
    spread.grow(histogram, values, values[counts.length] / NANOS);
  }
}
