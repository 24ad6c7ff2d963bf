package io.loble.sim.client;

import io.loble.context.VertxLocal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/**
 * What the clients of one deployment have done, counted together by all its instances. May be used
 * from any thread.
 */
public final class ClientStats {

  private static final VertxLocal<ConcurrentMap<String, ClientStats>> BY_DEPLOYMENT =
      VertxLocal.map("sim-clients");

  private static final int EXAMPLES = 5;
  private static final long NEVER = Long.MIN_VALUE;

  private final long seed;
  private final int instances;
  private final AtomicInteger instancesOver = new AtomicInteger();
  private final AtomicInteger instancesJoined = new AtomicInteger();
  private final AtomicLong nextNumber = new AtomicLong();
  private final AtomicInteger active = new AtomicInteger();
  private final LongAdder heldBack = new LongAdder();
  private final Map<ClientKind, KindStats> kinds = new EnumMap<>(ClientKind.class);
  private final AtomicInteger wrongAnswers = new AtomicInteger();
  private final Queue<WrongAnswer> examples = new ConcurrentLinkedQueue<>();
  private final AtomicLong startedNanos = new AtomicLong(NEVER);
  private final AtomicLong endedNanos = new AtomicLong(NEVER);
  private final AtomicBoolean endClaimed = new AtomicBoolean();
  private final Promise<Void> stopping = Promise.promise();
  private final Promise<ClientReport> finished = Promise.promise();

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
    ClientStats before = BY_DEPLOYMENT.get(vertx).putIfAbsent(deployment, fresh);
    return before == null ? fresh : before;
  }

  /** Forgets the object of a deployment that ends. Instances that hold it keep it. */
  public static void forget(Vertx vertx, String deployment) {
    BY_DEPLOYMENT.get(vertx).remove(deployment);
  }

  /** What has happened until now. */
  public ClientReport report() {
    Map<ClientKind, KindReport> reports = new EnumMap<>(ClientKind.class);
    Histogram connects = new Histogram(KindStats.SIGNIFICANT_DIGITS);
    Histogram latencies = new Histogram(KindStats.SIGNIFICANT_DIGITS);
    kinds.forEach(
        (kind, stats) -> {
          Histogram connectsOfKind = stats.connects();
          Histogram latenciesOfKind = stats.latencies();
          connects.add(connectsOfKind);
          latencies.add(latenciesOfKind);
          reports.put(kind, KindReport.of(stats, connectsOfKind, latenciesOfKind));
        });
    KindReport none = KindReport.none(Latency.of(connects), Latency.of(latencies));
    KindReport total = reports.values().stream().reduce(none, KindReport::plus);
    return new ClientReport(
        seed, elapsedMillis(), heldBack.sum(), reports, total, List.copyOf(examples));
  }

  /** A copy of the latencies of all kinds, in microseconds. */
  Histogram latencies() {
    Histogram all = new Histogram(KindStats.SIGNIFICANT_DIGITS);
    kinds.values().forEach(stats -> all.add(stats.latencies()));
    return all;
  }

  /** From the start of the run until now, or until its end; 0 before it. */
  long elapsedMillis() {
    long start = startedNanos.get();
    long end = endedNanos.get();
    return start == NEVER ? 0 : ((end == NEVER ? System.nanoTime() : end) - start) / 1_000_000;
  }

  long seed() {
    return seed;
  }

  /** What one more instance sees to. */
  Share nextShare() {
    return new Share(instancesJoined.getAndIncrement(), instances, nextNumber::getAndIncrement);
  }

  /**
   * The run begins with the first instance that does.
   *
   * @return when it has begun
   */
  long begin() {
    startedNanos.compareAndSet(NEVER, System.nanoTime());
    return startedNanos.get();
  }

  /** Asks all instances to stop. */
  void stop() {
    stopping.tryComplete();
  }

  /** Completes when the instances are to stop. */
  Future<Void> stopping() {
    return stopping.future();
  }

  /** Keeps an example, unless there are enough. */
  void wrong(WrongAnswer example) {
    if (wrongAnswers.getAndIncrement() < EXAMPLES) {
      examples.add(example);
    }
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
      endedNanos.set(System.nanoTime());
      finished.complete(report());
    }
  }

  /** The final report, once every instance has ended its last client. */
  Future<ClientReport> finished() {
    return finished.future();
  }

  /** Whether the run is over; says yes once, to the first who asks. */
  public boolean claimEnd() {
    return finished.future().isComplete() && endClaimed.compareAndSet(false, true);
  }

  KindStats of(ClientKind kind) {
    KindStats stats = kinds.get(kind);
    if (stats == null) {
      throw new IllegalStateException("no counters for " + kind);
    }
    return stats;
  }
}
