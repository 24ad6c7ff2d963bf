package io.loble.sim;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/**
 * What the clients of one deployment have done, counted together by all its instances. May be used
 * from any thread.
 */
public final class ClientStats implements Shareable {

  private final long seed;
  private final int instances;
  private final AtomicInteger instancesOver = new AtomicInteger();
  private final AtomicInteger instancesSeeded = new AtomicInteger();
  private final AtomicInteger active = new AtomicInteger();
  private final LongAdder heldBack = new LongAdder();
  private final Map<ClientKind, KindStats> kinds = new EnumMap<>(ClientKind.class);
  private final long startedNanos = System.nanoTime();
  private final AtomicBoolean endClaimed = new AtomicBoolean();
  private volatile long endedNanos;

  /**
   * @param seed what the randomness of the run grows from; shown in the report
   * @param instances how many {@link SimulatedClients} share the object
   */
  public ClientStats(long seed, int instances) {
    this.seed = seed;
    this.instances = instances;
    for (ClientKind kind : ClientKind.values()) {
      kinds.put(kind, new KindStats());
    }
  }

  /** The object that the instances of one deployment share. */
  public static ClientStats shared(Vertx vertx, String deployment, long seed, int instances) {
    ClientStats fresh = new ClientStats(seed, instances);
    ClientStats before = map(vertx).putIfAbsent(deployment, fresh);
    return before == null ? fresh : before;
  }

  /** Forgets the object of a deployment that ends. Instances that hold it keep it. */
  public static void forget(Vertx vertx, String deployment) {
    map(vertx).remove(deployment);
  }

  private static LocalMap<String, ClientStats> map(Vertx vertx) {
    return vertx.sharedData().getLocalMap("loble.sim.clients");
  }

  /** What has happened until now. */
  public ClientReport report() {
    long end = endedNanos == 0 ? System.nanoTime() : endedNanos;
    Map<ClientKind, KindReport> reports = new EnumMap<>(ClientKind.class);
    Histogram all = new Histogram(3);
    kinds.forEach(
        (kind, stats) -> {
          Histogram latencies = stats.latencies();
          all.add(latencies);
          reports.put(kind, KindReport.of(stats, Latency.of(latencies)));
        });
    return new ClientReport(
        seed, (end - startedNanos) / 1_000_000, heldBack.sum(), reports, Latency.of(all));
  }

  long seed() {
    return seed;
  }

  int instances() {
    return instances;
  }

  /** A source of randomness for one more instance, grown from the seed. */
  public SplittableRandom nextRandom() {
    return new SplittableRandom(seed + instancesSeeded.getAndIncrement());
  }

  /**
   * Takes a place for a client; {@link #leave} gives it back.
   *
   * @param max how many places there are; 0 for no bound
   */
  boolean enter(int max) {
    int before = active.getAndUpdate(now -> max > 0 && now >= max ? now : now + 1);
    boolean entered = max <= 0 || before < max;
    if (!entered) {
      heldBack.increment();
    }
    return entered;
  }

  void leave() {
    active.decrementAndGet();
  }

  /** An instance has ended its last client. */
  void instanceOver() {
    if (instancesOver.incrementAndGet() == instances) {
      endedNanos = System.nanoTime();
    }
  }

  /** Whether every instance has ended its last client; says yes once, to the first who asks. */
  public boolean claimEnd() {
    return endedNanos != 0 && endClaimed.compareAndSet(false, true);
  }

  KindStats of(ClientKind kind) {
    KindStats stats = kinds.get(kind);
    if (stats == null) {
      throw new IllegalStateException("no counters for " + kind);
    }
    return stats;
  }
}
