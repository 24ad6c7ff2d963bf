package io.loble.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.BackendConfig;
import io.loble.config.Circuit;
import io.loble.config.Ejection;
import io.loble.config.Ejection.SuccessRate;
import io.loble.config.PoolConfig;
import io.loble.config.Resilience;
import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.Outbound;
import io.loble.model.SendProxy;
import io.loble.model.SourceAddresses;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the connections of clients do to a backend's state, in time that the test lets pass. */
class BackendEjectionTest {

  private static final Ejection EJECTION =
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
  private static final Outbound PROXIED = new Outbound(SendProxy.V1, SourceAddresses.NONE);
  private static final Circuit CIRCUIT = new Circuit(true, 0.5, 4, Duration.ofSeconds(10), 2);

  private final Vertx vertx = Vertx.vertx();
  private final ManualClock clock = new ManualClock();
  private final List<String> states = new ArrayList<>();
  private final BackendStats stats = new BackendStats();
  private boolean mayEject = true;
  private int shareChanges;

  @AfterEach
  void close() {
    TestMonitor.done(vertx.close());
  }

  // Ejection.

  @Test
  void failuresInARowEject() {
    BackendMonitor backend = ejecting();
    fail(backend, 4);
    succeed(backend);
    fail(backend, 4);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
    fail(backend, 1);
    assertThat(states).containsExactly("ejected: 5 connections in a row failed");
    assertThat(stats.counters().ejections()).isEqualTo(1);
    assertThat(why()).isEqualTo("5 connections in a row failed");
    assertThat(stats.health().watched()).isTrue();
  }

  @Test
  void staysOutUntilAConnectionOnTrialSucceeds() {
    BackendMonitor backend = ejecting();
    fail(backend, 5);
    clock.pass(29_999);
    assertThat(stats.trial().isGranted()).isFalse();
    clock.pass(1);
    assertThat(backend.state()).isEqualTo(BackendState.EJECTED);
    assertThat(stats.trial().take()).isTrue();
    hear(backend, Kind.SUCCESS, true);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
    assertThat(why()).isEmpty();
    fail(backend, 4);
    assertThat(backend.state()).as("counts anew").isEqualTo(BackendState.HEALTHY);
  }

  @Test
  void isOutForLongerWhenTheTrialFails() {
    BackendMonitor backend = ejecting();
    fail(backend, 5);
    clock.pass(30_000);
    hear(backend, Kind.FAILURE, true);
    clock.pass(59_999);
    assertThat(stats.trial().isGranted()).isFalse();
    clock.pass(1);
    assertThat(stats.trial().isGranted()).isTrue();
    assertThat(stats.counters().ejections()).isEqualTo(2);
  }

  @Test
  void anotherConnectionIsTriedWhenTheFirstToldNothing() {
    ejecting().eject("by hand", Duration.ofSeconds(5));
    clock.pass(5_000);
    assertThat(stats.trial().take()).isTrue();
    assertThat(stats.trial().take()).isFalse();
    clock.pass(1_000);
    assertThat(stats.trial().take()).isTrue();
  }

  @Test
  void connectionsFromBeforeChangeNothing() {
    BackendMonitor backend = ejecting();
    fail(backend, 5);
    clock.pass(30_000);
    hear(backend, Kind.SUCCESS, false);
    hear(backend, Kind.FAILURE, false);
    assertThat(states).hasSize(1);
  }

  @Test
  void newSettingsOfProbesDoNotKeepItOut() {
    BackendMonitor backend = ejecting();
    fail(backend, 5);
    PoolConfig other = pool(new Resilience(Duration.ZERO, 0, EJECTION, Circuit.OFF));
    backend.configure(other.withOutbound(PROXIED), backend.config());
    backend.leave();
    configure(backend, other.resilience(), BackendMode.READY);
    clock.pass(30_000);
    hear(backend, Kind.SUCCESS, true);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
  }

  @Test
  void aPoolThatCannotDoWithoutItKeepsIt() {
    BackendMonitor backend = ejecting();
    mayEject = false;
    fail(backend, 50);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
    mayEject = true;
    fail(backend, 1);
    assertThat(backend.state()).isEqualTo(BackendState.EJECTED);
  }

  @Test
  void earlyClosesEject() {
    BackendMonitor backend = ejecting();
    backend.tallied(earlyCloses(9));
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
    backend.tallied(earlyCloses(1));
    assertThat(states).containsExactly("ejected: it ended 10 connections in a row without a byte");
    clock.pass(30_000);
    hear(backend, Kind.EARLY_CLOSE, true);
    assertThat(stats.trial().isGranted()).as("it has done the same again").isFalse();
    clock.pass(60_000);
    hear(backend, Kind.SUCCESS, true);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
  }

  @Test
  void aCommandEjectsAndReadmits() {
    BackendMonitor backend = backend(Resilience.OFF);
    backend.eject("by command", Duration.ofSeconds(1));
    assertThat(states).containsExactly("ejected: by command");
    backend.readmit();
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
    clock.pass(10_000);
    assertThat(stats.trial().isGranted()).isFalse();
  }

  @Test
  void nothingIsEjectedUnlessThatIsConfigured() {
    BackendMonitor backend = backend(Resilience.OFF);
    fail(backend, 100);
    backend.tallied(earlyCloses(100));
    backend.standsOut("slow");
    assertThat(states).isEmpty();
  }

  // The circuit.

  @Test
  void theCircuitOpensIsTriedAndCloses() {
    BackendMonitor backend = breaking();
    succeed(backend);
    succeed(backend);
    fail(backend, 2);
    assertThat(states).containsExactly("circuit_open: 2 of 4 connections failed");
    assertThat(stats.trial().isGranted()).isFalse();
    clock.pass(10_000);
    assertThat(backend.state()).isEqualTo(BackendState.HALF_OPEN);
    assertThat(stats.trial().take()).isTrue();
    assertThat(stats.trial().take()).isTrue();
    assertThat(stats.trial().take()).isFalse();
    hear(backend, Kind.SUCCESS, true);
    assertThat(backend.state()).isEqualTo(BackendState.HALF_OPEN);
    hear(backend, Kind.SUCCESS, true);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
    assertThat(stats.counters().circuitOpenings()).isEqualTo(1);
  }

  @Test
  void aFailureWhileItIsHalfOpenOpensTheCircuitForAsLongAgain() {
    BackendMonitor backend = breaking();
    fail(backend, 4);
    clock.pass(10_000);
    hear(backend, Kind.FAILURE, true);
    assertThat(backend.state()).isEqualTo(BackendState.CIRCUIT_OPEN);
    assertThat(stats.trial().isGranted()).isFalse();
    clock.pass(9_999);
    assertThat(backend.state()).isEqualTo(BackendState.CIRCUIT_OPEN);
    clock.pass(1);
    assertThat(backend.state()).isEqualTo(BackendState.HALF_OPEN);
  }

  @Test
  void othersAreTriedWhenThoseThatWereHaveLeft() {
    BackendMonitor backend = breaking();
    fail(backend, 4);
    clock.pass(10_000);
    hear(backend, Kind.SUCCESS, true);
    assertThat(stats.trial().take()).isTrue();
    assertThat(stats.trial().take()).isTrue();
    clock.pass(10_000);
    assertThat(backend.state()).isEqualTo(BackendState.HALF_OPEN);
    assertThat(stats.trial().take()).isTrue();
    assertThat(stats.trial().take()).as("one is left to succeed").isFalse();
  }

  @Test
  void aCircuitThatIsTurnedOffIsClosed() {
    BackendMonitor backend = breaking();
    fail(backend, 4);
    configure(backend, Resilience.OFF, BackendMode.READY);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
    clock.pass(100_000);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
  }

  // Slow start.

  @Test
  void aBackendThatComesBackGrows() {
    Resilience slow = new Resilience(Duration.ofSeconds(9), 0, EJECTION, Circuit.OFF);
    BackendMonitor backend = backend(slow);
    assertThat(backend.share()).as("at first").isEqualTo(1);
    backend.eject("by command", Duration.ofSeconds(1));
    backend.readmit();
    assertThat(backend.state()).isEqualTo(BackendState.WARMING);
    assertThat(backend.share()).isEqualTo(0.1);
    clock.pass(5_000);
    assertThat(backend.share()).isEqualTo(0.6);
    assertThat(shareChanges).isBetween(20, 30);
    clock.pass(4_000);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
    assertThat(backend.share()).isEqualTo(1);
    int changes = shareChanges;
    clock.pass(100_000);
    assertThat(shareChanges).isEqualTo(changes);
  }

  @Test
  void whatItsOperatorTakesOutGrowsAnewWhenItIsBack() {
    Resilience slow = new Resilience(Duration.ofSeconds(9), 0, Ejection.OFF, Circuit.OFF);
    BackendMonitor backend = backend(slow);
    configure(backend, slow, BackendMode.DRAIN);
    configure(backend, slow, BackendMode.READY);
    assertThat(backend.state()).isEqualTo(BackendState.WARMING);
    configure(backend, slow, BackendMode.MAINTENANCE);
    assertThat(backend.state()).isEqualTo(BackendState.MAINTENANCE);
    clock.pass(100_000);
    assertThat(shareChanges).isZero();
  }

  private static Tally earlyCloses(long count) {
    return new Tally(TestConfig.POOL, "a", "127.0.0.1:1", count, 0, count, count);
  }

  private String why() {
    return Objects.requireNonNull(stats.health().standing()).why();
  }

  private void succeed(BackendMonitor backend) {
    stats.counters().succeeded();
    hear(backend, Kind.SUCCESS, false);
  }

  private static void fail(BackendMonitor backend, int times) {
    for (int i = 0; i < times; i++) {
      hear(backend, Kind.FAILURE, false);
    }
  }

  private static void hear(BackendMonitor monitor, Kind kind, boolean trial) {
    monitor.heard(new Outcome(TestConfig.POOL, "a", "127.0.0.1:1", kind, trial, "refused"));
  }

  private BackendMonitor ejecting() {
    return backend(new Resilience(Duration.ZERO, 0, EJECTION, Circuit.OFF));
  }

  private BackendMonitor breaking() {
    return backend(new Resilience(Duration.ZERO, 0, Ejection.OFF, CIRCUIT));
  }

  /** Its health takes more failures than any test has. */
  private static PoolConfig pool(Resilience resilience) {
    return new TestConfig()
        .interval(Duration.ofHours(1))
        .thresholds(1_000, 2)
        .backend("a")
        .build()
        .pools()
        .values()
        .iterator()
        .next()
        .withResilience(resilience);
  }

  private static void configure(BackendMonitor backend, Resilience resilience, BackendMode mode) {
    PoolConfig pool = pool(resilience);
    backend.configure(
        pool,
        new BackendConfig(backend.name(), backend.address(), backend.config().weight(), 0, mode));
  }

  private BackendMonitor backend(Resilience resilience) {
    PoolConfig pool = pool(resilience);
    Probes probes = new Probes(vertx);
    return new BackendMonitor(
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
        new Heard());
  }

  private final class Heard implements BackendMonitor.Listener {

    @Override
    public void changed(BackendMonitor backend, BackendState from, BackendState to, String detail) {
      states.add(detail.isEmpty() ? to.label() : to.label() + ": " + detail);
    }

    @Override
    public void shareChanged() {
      shareChanges++;
    }

    @Override
    public void trialGranted(BackendMonitor backend) {}

    @Override
    public boolean mayEject(BackendMonitor backend) {
      return mayEject;
    }

    @Override
    public void notProbed(String why) {
      throw new AssertionError(why);
    }
  }
}
