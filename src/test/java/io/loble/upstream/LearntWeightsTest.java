package io.loble.upstream;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loble.config.BackendConfig;
import io.loble.config.PoolConfig;
import io.loble.model.Algorithm;
import io.loble.model.Backend;
import io.loble.model.HostPort;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The weights of a pool move while its backends take different times. */
class LearntWeightsTest {

  private static final long STEP = 1_000;
  private static final int WEIGHT = 10;

  private final PoolInTime inTime = new PoolInTime(settings(Algorithm.ADAPTIVE));
  private final UpstreamPool pool = inTime.pool();

  @AfterEach
  void close() {
    inTime.close();
  }

  @Test
  void theSlowerOneIsLeftWithLess() {
    pool.configure(settings(Algorithm.ADAPTIVE), false);
    assertThat(pool.snapshot().observation().latency()).isTrue();
    step(5, 5, 20);
    assertThat(weights()).containsExactly(10.0, 10.0, 10 / 1.05);
    assertThat(inTime.changes()).isEqualTo(1);
    for (int i = 0; i < 50; i++) {
      step(5, 5, 20);
    }
    assertThat(weights()).containsExactly(10.0, 10.0, 2.0);
    int changes = inTime.changes();
    step(5, 5, 20);
    assertThat(inTime.changes()).as("nothing was left to be learnt").isEqualTo(changes);
  }

  @Test
  void aBackendThatNobodyAskedIsTriedAgain() {
    pool.configure(settings(Algorithm.ADAPTIVE), false);
    for (int i = 0; i < 50; i++) {
      step(5, 5, 20);
    }
    inTime.clock().pass(600 * STEP);
    assertThat(weights()).containsExactly(10.0, 10.0, 10.0);
  }

  @Test
  void anotherAlgorithmForgetsWhatWasLearnt() {
    pool.configure(settings(Algorithm.ADAPTIVE), false);
    step(5, 5, 20);
    pool.configure(settings(Algorithm.ROUND_ROBIN), false);
    assertThat(weights()).containsExactly(10.0, 10.0, 10.0);
    step(5, 5, 20);
    assertThat(weights()).containsExactly(10.0, 10.0, 10.0);
    assertThat(pool.snapshot().observation().latency()).isFalse();
  }

  @Test
  void anotherWeightKeepsWhatWasLearnt() {
    pool.configure(settings(Algorithm.ADAPTIVE), false);
    step(5, 5, 20);
    PoolConfig same = settings(Algorithm.ADAPTIVE);
    pool.configure(
        same.withBackends(
            same.backends().stream()
                .map(b -> new BackendConfig(b.name(), b.address(), 2 * WEIGHT, 0))
                .toList()),
        false);
    assertThat(weights().get(2)).isCloseTo(20 / 1.05, within(1e-9));
    step(5, 5, 20);
    assertThat(weights().get(2)).isCloseTo(20 / 1.05 / 1.05, within(1e-9));
  }

  /** Each has answered ten clients in so many milliseconds, and a second is over. */
  private void step(long... millis) {
    List<Backend> backends = pool.snapshot().backends();
    for (int i = 0; i < millis.length; i++) {
      for (int client = 0; client < 10; client++) {
        backends.get(i).stats().answers().record(MILLISECONDS.toNanos(millis[i]), 0);
      }
    }
    inTime.clock().pass(STEP);
  }

  private List<Double> weights() {
    return pool.snapshot().backends().stream().map(Backend::effectiveWeight).toList();
  }

  private static PoolConfig settings(Algorithm algorithm) {
    List<BackendConfig> backends =
        IntStream.range(0, 3)
            .mapToObj(i -> new BackendConfig("b" + i, new HostPort("127.0.0.1", 1 + i), WEIGHT, 0))
            .toList();
    PoolConfig any =
        new TestConfig().interval(Duration.ofHours(1)).build().pools().values().iterator().next();
    return any.withBackends(backends).withAlgorithm(algorithm);
  }
}
