package io.loble.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.upstream.TestConfig;
import io.loble.upstream.TestMonitor;
import io.loble.upstream.probe.ProbeLoop;
import io.loble.upstream.probe.Probes;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the window of a backend has seen. */
class BackendMonitorTest {

  private final Vertx vertx = Vertx.vertx();
  private final List<BackendState> states = new ArrayList<>();
  private final BackendMonitor monitor = monitor();

  @AfterEach
  void close() {
    TestMonitor.done(vertx.close());
  }

  @Test
  void countsWhatIsTalliedInRotation() {
    monitor.tallied(tally(10, 0));
    monitor.tallied(tally(5, 1));
    assertThat(monitor.window().successes()).isEqualTo(15);
    assertThat(monitor.window().failures()).isEqualTo(1);
  }

  @Test
  void knowsFailuresInARowAtOnce() {
    hear(Outcome.Kind.FAILURE, false);
    hear(Outcome.Kind.FAILURE, false);
    assertThat(monitor.window().failuresInARow()).isEqualTo(2);
    hear(Outcome.Kind.SUCCESS, false);
    assertThat(monitor.window().failuresInARow()).isZero();
  }

  @Test
  void startsAnewWhenTheBackendIsBackInRotation() {
    monitor.tallied(tally(10, 0));
    for (int i = 0; i < 3; i++) {
      hear(Outcome.Kind.FAILURE, false);
    }
    monitor.tallied(tally(7, 0));
    assertThat(monitor.window().successes()).as("of connections from before").isZero();
    hear(Outcome.Kind.SUCCESS, true);
    hear(Outcome.Kind.SUCCESS, true);
    assertThat(states).containsExactly(BackendState.UNHEALTHY, BackendState.HEALTHY);
    assertThat(monitor.window().successes()).isZero();
    assertThat(monitor.window().failuresInARow()).isZero();
    monitor.tallied(tally(1, 0));
    assertThat(monitor.window().successes()).isEqualTo(1);
  }

  private void hear(Outcome.Kind kind, boolean trial) {
    monitor.heard(new Outcome(TestConfig.POOL, "a", "127.0.0.1:1", kind, trial, ""));
  }

  private static Tally tally(long successes, long failures) {
    return new Tally(TestConfig.POOL, "a", "127.0.0.1:1", successes, failures, 0, 0);
  }

  private BackendMonitor monitor() {
    LobleConfig config = new TestConfig().interval(Duration.ofHours(1)).backend("a").build();
    PoolConfig pool = config.pools().values().iterator().next();
    Probes probes = new Probes(vertx);
    return new BackendMonitor(
        pool,
        pool.backends().get(0),
        new BackendStats(),
        (address, of) ->
            new ProbeLoop(
                vertx,
                probes.of("", address, of.health().active(), of.outbound()),
                of.health().active(),
                new SplittableRandom(1)),
        new ManualClock(),
        new BackendMonitor.Listener() {
          @Override
          public void changed(
              BackendMonitor backend, BackendState from, BackendState to, String detail) {
            states.add(to);
          }

          @Override
          public void shareChanged() {}

          @Override
          public void trialGranted(BackendMonitor backend) {}

          @Override
          public boolean mayEject(BackendMonitor backend) {
            return true;
          }

          @Override
          public void notProbed(String why) {
            throw new AssertionError(why);
          }
        });
  }
}
