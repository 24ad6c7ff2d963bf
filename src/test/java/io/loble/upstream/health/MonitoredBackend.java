package io.loble.upstream.health;

import io.loble.config.BackendConfig;
import io.loble.config.Circuit;
import io.loble.config.Ejection;
import io.loble.config.Ejection.SuccessRate;
import io.loble.config.PoolConfig;
import io.loble.config.Resilience;
import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.upstream.TestConfig;
import io.loble.upstream.TestMonitor;
import io.loble.upstream.health.Outcome.Kind;
import io.loble.upstream.probe.ProbeLoop;
import io.loble.upstream.probe.Probes;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/** One backend whose monitor is told what a test says, in time that the test lets pass. */
final class MonitoredBackend implements MonitorListener, AutoCloseable {

  /** Takes five failures, or ten early closes, and is out for 30 seconds at first. */
  static final Ejection EJECTION =
      new Ejection(
          true,
          5,
          10,
          Duration.ofMillis(50),
          new SuccessRate(20, 1.9),
          0,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          0.5);

  /** Takes two of four connections, is open for ten seconds, and then tries two. */
  static final Circuit CIRCUIT = new Circuit(true, 0.5, 4, Duration.ofSeconds(10), 2);

  final ManualClock clock = new ManualClock();
  final BackendStats stats = new BackendStats();

  /** Each new state, with what is said of it. */
  final List<String> states = new ArrayList<>();

  boolean mayEject = true;
  int shareChanges;
  int grants;

  private final Vertx vertx = Vertx.vertx();
  private final BackendMonitor monitor;

  /**
   * @param failureThreshold how many failures its health takes
   */
  MonitoredBackend(int failureThreshold, Resilience resilience) {
    PoolConfig pool = pool(failureThreshold, resilience);
    Probes probes = new Probes(vertx);
    this.monitor =
        new BackendMonitor(
            pool,
            pool.backends().get(0),
            stats,
            (address, of) ->
                new ProbeLoop(
                    vertx,
                    probes.of("", address, of.health().active(), of.outbound()),
                    of.health().active(),
                    new SplittableRandom(1)),
            clock,
            this);
  }

  /** One whose health takes more failures than any test has. */
  static MonitoredBackend with(Duration slowStart, Ejection ejection, Circuit circuit) {
    return new MonitoredBackend(1_000, new Resilience(slowStart, 0, ejection, circuit));
  }

  /** The settings of its pool. */
  static PoolConfig pool(int failureThreshold, Resilience resilience) {
    return new TestConfig()
        .interval(Duration.ofHours(1))
        .thresholds(failureThreshold, 2)
        .backend("a")
        .build()
        .pools()
        .values()
        .iterator()
        .next()
        .withResilience(resilience);
  }

  BackendMonitor monitor() {
    return monitor;
  }

  BackendState state() {
    return monitor.state();
  }

  String why() {
    return Objects.requireNonNull(stats.health().standing()).why();
  }

  void configure(Resilience resilience, BackendMode mode) {
    BackendConfig before = monitor.config();
    monitor.configure(
        pool(1_000, resilience),
        new BackendConfig(before.name(), before.address(), before.weight(), 0, mode));
  }

  void succeed() {
    stats.counters().succeeded();
    hear(Kind.SUCCESS, false);
  }

  void fail(int times) {
    for (int i = 0; i < times; i++) {
      hear(Kind.FAILURE, false);
    }
  }

  void hear(Kind kind, boolean trial) {
    monitor.heard(new Outcome(TestConfig.POOL, "a", "127.0.0.1:1", kind, trial, "refused"));
  }

  void tally(long successes, long failures, long earlyCloses) {
    monitor.tallied(
        new Tally(
            TestConfig.POOL,
            "a",
            "127.0.0.1:1",
            successes + earlyCloses,
            failures,
            earlyCloses,
            earlyCloses));
  }

  @Override
  public void changed(BackendMonitor backend, BackendState from, BackendState to, String detail) {
    states.add(detail.isEmpty() ? to.label() : to.label() + ": " + detail);
  }

  @Override
  public void shareChanged() {
    shareChanges++;
  }

  @Override
  public void trialGranted(BackendMonitor backend) {
    grants++;
  }

  @Override
  public boolean mayEject(BackendMonitor backend) {
    return mayEject;
  }

  @Override
  public void notProbed(String why) {
    throw new AssertionError(why);
  }

  @Override
  public void close() {
    monitor.stop();
    TestMonitor.done(vertx.close());
  }
}
