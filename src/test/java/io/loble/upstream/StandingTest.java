package io.loble.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.BackendState;
import io.loble.model.Standing;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Since when a backend is in rotation or out of it, and why. */
class StandingTest {

  @Test
  void whatFailedLastIsSaidAndSinceWhenItIsDown() {
    try (TestMonitor test = TestMonitor.start(new TestConfig().backend("a"))) {
      Standing first = standing(test);
      assertThat(first.why()).isEmpty();
      test.fail("a", 3);
      Standing down = standing(test);
      assertThat(test.state("a")).isEqualTo(BackendState.UNHEALTHY);
      assertThat(down.why()).isEqualTo("refused");
      assertThat(down.since()).isAfter(first.since()).isBeforeOrEqualTo(Instant.now());
      test.report(r -> r.failure(TestConfig.POOL, test.backend("a"), true, "reset"), 1);
      assertThat(standing(test)).isEqualTo(new Standing(down.since(), "reset"));
    }
  }

  @Test
  void whoIsBackInRotationIsThereSinceThen() {
    try (TestMonitor test = TestMonitor.start(new TestConfig().backend("a"))) {
      test.fail("a", 3);
      Standing down = standing(test);
      test.succeed("a", true);
      test.succeed("a", true);
      assertThat(test.state("a")).isEqualTo(BackendState.HEALTHY);
      assertThat(standing(test).since()).isAfter(down.since());
      assertThat(standing(test).why()).isEmpty();
    }
  }

  @Test
  void itDoesNotBeginAnewWhenTheLastConnectionEnds() {
    try (TestMonitor test = TestMonitor.start(new TestConfig().backend("a"))) {
      test.backend("a").stats().admission().tryAcquire(0);
      test.fail("a", 3);
      Standing draining = standing(test);
      test.backend("a").stats().admission().release();
      test.idle("a");
      assertThat(test.state("a")).isEqualTo(BackendState.UNHEALTHY);
      assertThat(standing(test)).isEqualTo(draining);
    }
  }

  private static Standing standing(TestMonitor test) {
    Standing standing = test.backend("a").stats().health().standing();
    if (standing == null) {
      throw new AssertionError("nothing is known");
    }
    return standing;
  }
}
