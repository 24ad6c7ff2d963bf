package io.loble.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.Circuit;
import io.loble.config.Resilience;
import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import io.loble.model.Outbound;
import io.loble.model.SendProxy;
import io.loble.model.SourceAddresses;
import io.loble.upstream.health.Outcome.Kind;
import io.loble.upstream.health.Outliers.Sample;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a backend is ejected, and when it is back. */
class BackendEjectionTest {

  private static final Outbound PROXIED = new Outbound(SendProxy.V1, SourceAddresses.NONE);
  private static final Resilience RULES =
      new Resilience(Duration.ZERO, 0, MonitoredBackend.EJECTION, Circuit.OFF);

  private final MonitoredBackend backend = new MonitoredBackend(1_000, RULES);

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void failuresInARowEject() {
    backend.fail(4);
    backend.succeed();
    backend.fail(4);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
    backend.fail(1);
    assertThat(backend.states).containsExactly("ejected: 5 connections in a row failed");
    assertThat(backend.stats.counters().ejections()).isEqualTo(1);
    assertThat(backend.why()).isEqualTo("5 connections in a row failed");
    assertThat(backend.stats.health().watched()).isTrue();
  }

  @Test
  void staysOutUntilAConnectionOnTrialSucceeds() {
    backend.fail(5);
    backend.clock.pass(29_999);
    assertThat(backend.stats.trial().isGranted()).isFalse();
    backend.clock.pass(1);
    assertThat(backend.state()).isEqualTo(BackendState.EJECTED);
    assertThat(backend.stats.trial().take()).isTrue();
    backend.hear(Kind.SUCCESS, true);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
    assertThat(backend.why()).isEmpty();
    backend.fail(4);
    assertThat(backend.state()).as("counts anew").isEqualTo(BackendState.HEALTHY);
  }

  @Test
  void isOutForLongerWhenTheTrialFails() {
    backend.fail(5);
    backend.clock.pass(30_000);
    backend.hear(Kind.FAILURE, true);
    backend.clock.pass(59_999);
    assertThat(backend.stats.trial().isGranted()).isFalse();
    backend.clock.pass(1);
    assertThat(backend.stats.trial().isGranted()).isTrue();
    assertThat(backend.stats.counters().ejections()).isEqualTo(2);
  }

  @Test
  void anotherConnectionIsTriedWhenTheFirstToldNothing() {
    backend.monitor().eject("by hand", Duration.ofSeconds(5));
    backend.clock.pass(5_000);
    assertThat(backend.stats.trial().take()).isTrue();
    assertThat(backend.stats.trial().take()).isFalse();
    backend.clock.pass(1_000);
    assertThat(backend.stats.trial().take()).isTrue();
  }

  @Test
  void connectionsFromBeforeChangeNothing() {
    backend.fail(5);
    backend.clock.pass(30_000);
    backend.hear(Kind.SUCCESS, false);
    backend.hear(Kind.FAILURE, false);
    assertThat(backend.states).hasSize(1);
  }

  @Test
  void newSettingsOfProbesDoNotKeepItOut() {
    backend.fail(5);
    BackendMonitor monitor = backend.monitor();
    monitor.configure(MonitoredBackend.pool(1_000, RULES).withOutbound(PROXIED), monitor.config());
    monitor.leave();
    backend.configure(RULES, BackendMode.READY);
    backend.clock.pass(30_000);
    backend.hear(Kind.SUCCESS, true);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
  }

  @Test
  void aPoolThatCannotDoWithoutItKeepsIt() {
    backend.mayEject = false;
    backend.fail(50);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
    backend.mayEject = true;
    backend.fail(1);
    assertThat(backend.state()).isEqualTo(BackendState.EJECTED);
  }

  @Test
  void earlyClosesEject() {
    backend.tally(0, 0, 9);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
    backend.tally(0, 0, 1);
    assertThat(backend.states)
        .containsExactly("ejected: it ended 10 connections in a row without a byte");
    backend.clock.pass(30_000);
    backend.hear(Kind.EARLY_CLOSE, true);
    assertThat(backend.stats.trial().isGranted()).as("it has done the same again").isFalse();
    backend.clock.pass(60_000);
    backend.hear(Kind.SUCCESS, true);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
  }

  @Test
  void aCommandEjectsAndReadmits() {
    backend.monitor().eject("by command", Duration.ofSeconds(1));
    assertThat(backend.states).containsExactly("ejected: by command");
    backend.monitor().readmit();
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
    backend.clock.pass(10_000);
    assertThat(backend.stats.trial().isGranted()).isFalse();
  }

  @Test
  void readmissionOfWhatIsNotEjectedChangesNothing() {
    backend.monitor().readmit();
    assertThat(backend.states).isEmpty();
    backend.fail(5);
    backend.monitor().readmit();
    assertThat(backend.states).hasSize(2);
    backend.monitor().readmit();
    assertThat(backend.states).hasSize(2);
  }

  @Test
  void whoWaitsForRoomHearsOfATrial() {
    backend.fail(5);
    assertThat(backend.grants).isZero();
    backend.clock.pass(30_000);
    assertThat(backend.grants).isPositive();
  }

  @Test
  void whatItDidIsSampledWhileItIsInRotation() {
    backend.tally(10, 3, 2);
    backend.stats.answers().record(500, 0);
    assertThat(backend.monitor().sample()).isEqualTo(new Sample(10, 5, 1, 500));
    assertThat(backend.monitor().sample()).isEqualTo(new Sample(0, 0, 0, 0));
    backend.fail(5);
    backend.tally(7, 0, 0);
    backend.stats.answers().record(500, 0);
    assertThat(backend.monitor().sample()).isNull();
    backend.stats.answers().record(500, 0);
    backend.monitor().readmit();
    assertThat(backend.monitor().sample()).as("from before").isEqualTo(new Sample(0, 0, 0, 0));
  }

  @Test
  void nothingIsEjectedUnlessThatIsConfigured() {
    backend.configure(Resilience.OFF, BackendMode.READY);
    backend.fail(100);
    backend.tally(0, 0, 100);
    backend.monitor().standsOut("slow");
    assertThat(backend.states).isEmpty();
  }
}
