package io.loble.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.Ejection;
import io.loble.config.Resilience;
import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import io.loble.upstream.health.Outcome.Kind;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the circuit of a backend opens, is tried and closes. */
class BackendCircuitTest {

  private final MonitoredBackend backend =
      MonitoredBackend.with(Duration.ZERO, Ejection.OFF, MonitoredBackend.CIRCUIT);

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void theCircuitOpensIsTriedAndCloses() {
    backend.succeed();
    backend.succeed();
    backend.fail(2);
    assertThat(backend.states).containsExactly("circuit_open: 2 of 4 connections failed");
    assertThat(backend.stats.trial().isGranted()).isFalse();
    backend.clock.pass(10_000);
    assertThat(backend.state()).isEqualTo(BackendState.HALF_OPEN);
    assertThat(backend.stats.trial().take()).isTrue();
    assertThat(backend.stats.trial().take()).isTrue();
    assertThat(backend.stats.trial().take()).isFalse();
    backend.hear(Kind.SUCCESS, true);
    assertThat(backend.state()).isEqualTo(BackendState.HALF_OPEN);
    backend.hear(Kind.SUCCESS, true);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
    assertThat(backend.stats.counters().circuitOpenings()).isEqualTo(1);
  }

  @Test
  void aFailureWhileItIsHalfOpenOpensTheCircuitForAsLongAgain() {
    backend.fail(4);
    backend.clock.pass(10_000);
    backend.hear(Kind.FAILURE, true);
    assertThat(backend.state()).isEqualTo(BackendState.CIRCUIT_OPEN);
    assertThat(backend.stats.trial().isGranted()).isFalse();
    backend.clock.pass(9_999);
    assertThat(backend.state()).isEqualTo(BackendState.CIRCUIT_OPEN);
    backend.clock.pass(1);
    assertThat(backend.state()).isEqualTo(BackendState.HALF_OPEN);
  }

  @Test
  void othersAreTriedWhenThoseThatWereHaveLeft() {
    backend.fail(4);
    backend.clock.pass(10_000);
    backend.hear(Kind.SUCCESS, true);
    assertThat(backend.stats.trial().take()).isTrue();
    assertThat(backend.stats.trial().take()).isTrue();
    backend.clock.pass(10_000);
    assertThat(backend.state()).isEqualTo(BackendState.HALF_OPEN);
    assertThat(backend.stats.trial().take()).isTrue();
    assertThat(backend.stats.trial().take()).as("one is left to succeed").isFalse();
  }

  @Test
  void aCircuitThatIsTurnedOffIsClosed() {
    backend.fail(4);
    backend.configure(Resilience.OFF, BackendMode.READY);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
    backend.clock.pass(100_000);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
  }

  @Test
  void whileItIsEjectedTrialsShowWhetherItMayComeBackAtAll() {
    backend.fail(4);
    backend.monitor().eject("by command", Duration.ofSeconds(60));
    backend.clock.pass(20_000);
    assertThat(backend.state()).isEqualTo(BackendState.EJECTED);
    assertThat(backend.stats.trial().isGranted()).as("of its circuit").isFalse();
    backend.monitor().readmit();
    assertThat(backend.state()).isEqualTo(BackendState.HALF_OPEN);
    assertThat(backend.stats.trial().isGranted()).isTrue();
    backend.monitor().readmit();
    assertThat(backend.stats.trial().isGranted()).as("still").isTrue();
  }
}
