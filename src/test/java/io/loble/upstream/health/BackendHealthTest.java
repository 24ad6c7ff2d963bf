package io.loble.upstream.health;

import static io.loble.model.BackendState.DRAINING;
import static io.loble.model.BackendState.HEALTHY;
import static io.loble.model.BackendState.UNHEALTHY;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.HealthConfig;
import io.loble.model.BackendState;
import io.loble.upstream.TestConfig;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** When a backend leaves the rotation and when it returns. */
class BackendHealthTest {

  private enum Input {
    FAILED_WITH_CONNECTIONS,
    FAILED_ALONE,
    SUCCEEDED,
    IDLE
  }

  @Property
  void leavesOnlyAfterEnoughFailuresInARowAndReturnsOnlyAfterEnoughSuccesses(
      @ForAll @Size(max = 60) List<Input> inputs,
      @ForAll @IntRange(min = 1, max = 4) int failureThreshold,
      @ForAll @IntRange(min = 1, max = 4) int successThreshold) {
    HealthConfig rules = TestConfig.rules(failureThreshold, successThreshold);
    BackendHealth health = BackendHealth.INITIAL;
    int failures = 0;
    int successes = 0;
    for (Input input : inputs) {
      BackendState from = health.state();
      health = fed(health, input, rules);
      if (input == Input.SUCCEEDED) {
        failures = 0;
        successes = from == HEALTHY ? 0 : successes + 1;
      } else if (input != Input.IDLE) {
        failures++;
        successes = 0;
      }
      if (from == HEALTHY) {
        assertThat(health.state() == HEALTHY).isEqualTo(failures < failureThreshold);
      } else {
        assertThat(health.state() == HEALTHY).isEqualTo(successes >= successThreshold);
      }
    }
  }

  @Property
  void drainsOnlyWhileThereAreConnectionsAndOnlyOnTheWayOut(
      @ForAll @Size(max = 60) List<Input> inputs) {
    HealthConfig rules = TestConfig.rules(2, 3);
    BackendHealth health = BackendHealth.INITIAL;
    for (Input input : inputs) {
      BackendState from = health.state();
      health = fed(health, input, rules);
      if (from != DRAINING && health.state() == DRAINING) {
        assertThat(from).isEqualTo(HEALTHY);
        assertThat(input).isEqualTo(Input.FAILED_WITH_CONNECTIONS);
      }
      if (input == Input.IDLE || input == Input.FAILED_ALONE) {
        assertThat(health.state()).isNotEqualTo(DRAINING);
      }
      if (input == Input.IDLE) {
        assertThat(health.state()).isEqualTo(from == DRAINING ? UNHEALTHY : from);
      }
    }
  }

  @Property
  void needsNoWatchingOnlyWhenNothingButAFailureCanChangeIt(
      @ForAll @Size(max = 60) List<Input> inputs) {
    HealthConfig rules = TestConfig.rules(3, 2);
    BackendHealth health = BackendHealth.INITIAL;
    for (Input input : inputs) {
      health = fed(health, input, rules);
      if (!health.needsWatching()) {
        assertThat(health.succeeded(rules)).isEqualTo(health);
        assertThat(health.idle()).isEqualTo(health);
      } else {
        assertThat(health.failures() + health.successes()).isPositive();
      }
    }
  }

  @Test
  void failuresAndSuccessesInTurnsNeverTakeItDown() {
    HealthConfig rules = TestConfig.rules(2, 2);
    BackendHealth health = BackendHealth.INITIAL;
    for (int i = 0; i < 10; i++) {
      health = health.failed(rules, 1).succeeded(rules);
      assertThat(health).isEqualTo(BackendHealth.INITIAL);
    }
  }

  @Test
  void failuresAndSuccessesInTurnsNeverBringItBack() {
    HealthConfig rules = TestConfig.rules(1, 2);
    BackendHealth health = BackendHealth.INITIAL.failed(rules, 0);
    for (int i = 0; i < 10; i++) {
      health = health.succeeded(rules).failed(rules, 1);
      assertThat(health.state()).isEqualTo(UNHEALTHY);
    }
  }

  @Test
  void aBackendThatRecoversWhileItDrainsReturnsAtOnce() {
    HealthConfig rules = TestConfig.rules(1, 1);
    BackendHealth draining = BackendHealth.INITIAL.failed(rules, 5);
    assertThat(draining.state()).isEqualTo(DRAINING);
    assertThat(draining.succeeded(rules)).isEqualTo(BackendHealth.INITIAL);
  }

  private static BackendHealth fed(BackendHealth health, Input input, HealthConfig rules) {
    return switch (input) {
      case FAILED_WITH_CONNECTIONS -> health.failed(rules, 1);
      case FAILED_ALONE -> health.failed(rules, 0);
      case SUCCEEDED -> health.succeeded(rules);
      case IDLE -> health.idle();
    };
  }
}
