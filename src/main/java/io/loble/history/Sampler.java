package io.loble.history;

import io.loble.model.Backend;
import io.loble.model.BackendCounters;
import io.loble.model.Histogram;
import io.loble.model.ListenerStats;
import io.loble.model.Pool;
import io.loble.model.Rejection;
import io.loble.model.RequestCounters;
import io.loble.model.Snapshot;
import io.loble.net.ProcessLimit;
import io.loble.proxy.ListenerRegistry;
import io.loble.proxy.ProxyLoops;
import io.loble.proxy.RequestUse;
import io.loble.upstream.SnapshotStore;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.List;

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
    List<ListenerRegistry.Entry> open = listeners.entries();
    RequestUse use = RequestUse.of(open);
    open.forEach(listener -> sampleListener(listener, target));
    Snapshot snapshot = snapshots.current();
    if (snapshot != null) {
      snapshot.pools().values().forEach(pool -> samplePool(pool, use, target));
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
    if (RequestUse.isBalanced(listener)) {
      sample(stats.requests(), ofOne);
    }
    ofProcess.include(ofOne);
    target.listener(listener.name(), ofOne);
  }

  /** Its requests are not the sum of its backends', nor those of the process the sum of pools'. */
  private void samplePool(Pool pool, RequestUse use, Target target) {
    ofPool.clear();
    boolean balanced = use.isBalanced(pool);
    for (Backend backend : pool.backends()) {
      sampleBackend(backend);
      ofPool.include(ofOne);
      if (balanced) {
        sample(backend.stats().requests(), ofOne);
      }
      target.backend(pool.name(), backend.name(), ofOne);
    }
    ofProcess.include(ofPool);
    if (balanced) {
      sample(pool.stats().requests(), ofPool);
    }
    target.pool(pool.name(), ofPool);
  }

  private void sample(RequestCounters requests, Amounts amounts) {
    Histogram seconds = requests.seconds();
    long[] counts = seconds.counts();
    int sum = counts.length;
    long[] values = Arrays.copyOf(counts, sum + 3);
    values[sum] = Math.round(seconds.sumSeconds() * NANOS);
    values[sum + 1] = requests.total();
    values[sum + 2] = requests.total(RequestCounters.MOST);
    growths.replace(requests, values);
    amounts.setBalancesRequests();
    amounts.requests().grow(seconds, values, values[sum] / NANOS);
    amounts.count(Amounts.REQUESTS, values[sum + 1]);
    amounts.count(Amounts.FAILED_REQUESTS, values[sum + 2]);
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
