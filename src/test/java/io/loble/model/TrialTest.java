package io.loble.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The connection that a backend out of rotation is granted. */
class TrialTest {

  private final Trial trial = new Trial();

  @Test
  void aTrialIsTakenByOneOnly() {
    AtomicInteger taken = new AtomicInteger();
    trial.grant();
    trial.grant();
    Threads.run(
        4,
        () -> {
          if (trial.take()) {
            taken.incrementAndGet();
          }
        });
    assertThat(taken.get()).isEqualTo(1);
  }

  @Test
  void aGrantIsSeenUntilItIsTakenOrRevoked() {
    assertThat(trial.isGranted()).isFalse();
    assertThat(trial.take()).isFalse();
    trial.grant();
    assertThat(trial.isGranted()).isTrue();
    trial.revoke();
    assertThat(trial.take()).isFalse();
    trial.grant();
    assertThat(trial.take()).isTrue();
    assertThat(trial.isGranted()).isFalse();
  }
}
