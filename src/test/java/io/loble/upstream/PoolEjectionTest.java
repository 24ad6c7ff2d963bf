package io.loble.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.BackendConfig;
import io.loble.config.Circuit;
import io.loble.config.Ejection;
import io.loble.config.Ejection.SuccessRate;
import io.loble.config.PoolConfig;
import io.loble.config.Resilience;
import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import io.loble.model.HostPort;
import io.loble.upstream.health.BackendMonitor;
import io.loble.upstream.health.ManualClock;
import io.loble.upstream.health.TestTallies;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the backends of a pool are compared, and how many of them may be ejected. */
class PoolEjectionTest {

  private static final long INTERVAL = 10_000;

  private final PoolInTime inTime = new PoolInTime(settings(0, 0.5));
  private final ManualClock clock = inTime.clock();
  private final UpstreamPool pool = inTime.pool();

  @AfterEach
  void close() {
    inTime.close();
  }

  @Property(tries = 50)
  void noMoreThanTheShareIsOutButOneAlwaysMayBeAndOneStays(
      @ForAll @IntRange(min = 1, max = 9) int count,
      @ForAll @DoubleRange(min = 0, max = 1) double maxShare) {
    PoolEjectionTest test = new PoolEjectionTest();
    try {
      test.pool.configure(settings(count, maxShare), false);
      test.pool.all().forEach(backend -> backend.standsOut("all do"));
      long out = test.count(BackendState.EJECTED);
      assertThat(out).isEqualTo(Math.min(count - 1, Math.max(1, (long) (maxShare * count))));
    } finally {
      test.close();
    }
  }

  @Test
  void whatItsOperatorTookOutIsNoneOfThoseThatAreLeft() {
    PoolConfig three = settings(3, 1);
    List<BackendConfig> drained =
        three.backends().stream().map(b -> b.name().equals("b0") ? b : drained(b)).toList();
    pool.configure(three.withBackends(drained), false);
    pool.all().forEach(backend -> backend.standsOut("all do"));
    assertThat(count(BackendState.EJECTED)).as("the last one stays").isZero();
  }

  @Test
  void oneThatSucceedsLessOftenIsEjectedWhenTheIntervalIsOver() {
    pool.configure(settings(6, 0.5), false);
    List<BackendMonitor> backends = pool.all().toList();
    tally(backends, 3);
    clock.pass(INTERVAL - 1);
    assertThat(count(BackendState.EJECTED)).isZero();
    clock.pass(1);
    assertThat(backends.get(3).state()).isEqualTo(BackendState.EJECTED);
    assertThat(count(BackendState.EJECTED)).isEqualTo(1);
  }

  @Test
  void whatWasCountedBeforeAnIntervalIsNotCompared() {
    pool.configure(settings(6, 0.5), false);
    List<BackendMonitor> backends = pool.all().toList();
    tally(backends, -1);
    clock.pass(INTERVAL);
    backends.get(2).tallied(TestTallies.of(0, 19));
    clock.pass(INTERVAL);
    assertThat(count(BackendState.EJECTED)).as("it had too few connections").isZero();
  }

  @Test
  void nothingIsComparedAfterEjectionIsTurnedOff() {
    pool.configure(settings(6, 0.5), false);
    pool.configure(settings(6, 0.5).withResilience(Resilience.OFF), false);
    tally(pool.all().toList(), 3);
    clock.pass(10 * INTERVAL);
    assertThat(count(BackendState.EJECTED)).isZero();
  }

  /** All succeed a hundred times, but for one, which fails as often. */
  private static void tally(List<BackendMonitor> backends, int failing) {
    for (int i = 0; i < backends.size(); i++) {
      backends.get(i).tallied(TestTallies.of(100, i == failing ? 100 : 0));
    }
  }

  private long count(BackendState state) {
    return pool.all().filter(backend -> backend.state() == state).count();
  }

  private static BackendConfig drained(BackendConfig backend) {
    return new BackendConfig(backend.name(), backend.address(), 1, 0, BackendMode.DRAIN);
  }

  private static PoolConfig settings(int count, double maxShare) {
    Ejection ejection =
        new Ejection(
            true,
            5,
            10,
            Duration.ofMillis(50),
            new SuccessRate(20, 1.9),
            0,
            Duration.ofMillis(INTERVAL),
            Duration.ofHours(1),
            Duration.ofHours(1),
            maxShare);
    List<BackendConfig> backends =
        IntStream.range(0, count)
            .mapToObj(i -> new BackendConfig("b" + i, new HostPort("127.0.0.1", 1 + i), 1, 0))
            .toList();
    PoolConfig any =
        new TestConfig().interval(Duration.ofHours(1)).build().pools().values().iterator().next();
    return any.withBackends(backends)
        .withResilience(new Resilience(Duration.ZERO, 0, ejection, Circuit.OFF));
  }
}
