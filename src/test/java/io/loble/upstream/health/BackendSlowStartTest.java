package io.loble.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.Circuit;
import io.loble.config.Ejection;
import io.loble.config.Resilience;
import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the share of a backend grows. */
class BackendSlowStartTest {

  private static final Resilience RULES =
      new Resilience(Duration.ofSeconds(9), 0, Ejection.OFF, Circuit.OFF);

  private final MonitoredBackend backend = new MonitoredBackend(1_000, RULES);

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void aBackendThatComesBackGrows() {
    assertThat(backend.monitor().share()).as("at first").isEqualTo(1);
    backend.monitor().eject("by command", Duration.ofSeconds(1));
    backend.monitor().readmit();
    assertThat(backend.state()).isEqualTo(BackendState.WARMING);
    assertThat(backend.monitor().share()).isEqualTo(0.1);
    backend.clock.pass(5_000);
    assertThat(backend.monitor().share()).isEqualTo(0.6);
    assertThat(backend.shareChanges).isBetween(20, 30);
    backend.clock.pass(4_000);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
    assertThat(backend.monitor().share()).isEqualTo(1);
    int changes = backend.shareChanges;
    backend.clock.pass(100_000);
    assertThat(backend.shareChanges).isEqualTo(changes);
  }

  @Test
  void whatItsOperatorTakesOutGrowsAnewWhenItIsBack() {
    backend.configure(RULES, BackendMode.DRAIN);
    backend.configure(RULES, BackendMode.READY);
    assertThat(backend.state()).isEqualTo(BackendState.WARMING);
    backend.configure(RULES, BackendMode.MAINTENANCE);
    assertThat(backend.state()).isEqualTo(BackendState.MAINTENANCE);
    backend.clock.pass(100_000);
    assertThat(backend.shareChanges).isZero();
  }

  @Test
  void isWholeAtOnceWhenSlowStartIsTurnedOff() {
    backend.monitor().warmUp();
    assertThat(backend.state()).isEqualTo(BackendState.WARMING);
    backend.configure(Resilience.OFF, BackendMode.READY);
    assertThat(backend.state()).isEqualTo(BackendState.HEALTHY);
    assertThat(backend.monitor().share()).isEqualTo(1);
  }
}
