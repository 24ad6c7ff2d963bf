package io.loble.balancer;

import static io.loble.balancer.Backends.ANYONE;
import static io.loble.balancer.Backends.firstChoice;
import static io.loble.balancer.Backends.occupy;
import static io.loble.balancer.Backends.weighted;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.Algorithm;
import io.loble.model.Backend;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who answers fast, and has little to do, is chosen. */
class PeakEwmaBalancerTest {

  private long now = SECONDS.toNanos(1_000);

  private Balancer balancer(List<Backend> backends) {
    Pool pool = new Pool("default", Algorithm.PEAK_EWMA, 1, false, backends, new PoolStats());
    return Balancers.of(pool, new SplittableRandom(5), () -> now);
  }

  private void answers(Backend backend, long millis) {
    backend.stats().answers().record(MILLISECONDS.toNanos(millis), now);
  }

  @Test
  void theFasterOneIsChosenUntilItHasMoreToDoThanItIsFaster() {
    List<Backend> backends = weighted(1, 1);
    answers(backends.get(0), 10);
    answers(backends.get(1), 2);
    Balancer balancer = balancer(backends);
    for (int i = 0; i < 4; i++) {
      assertThat(firstChoice(balancer, ANYONE)).isEqualTo("b1");
      occupy(backends.get(1), 1);
    }
    occupy(backends.get(1), 1);
    assertThat(firstChoice(balancer, ANYONE)).isEqualTo("b0");
  }

  @Test
  void oneSlowAnswerIsEnoughToAvoidABackend() {
    List<Backend> backends = weighted(1, 1);
    for (int i = 0; i < 100; i++) {
      now += MILLISECONDS.toNanos(20);
      answers(backends.get(0), 1);
      answers(backends.get(1), 2);
    }
    assertThat(firstChoice(balancer(backends), ANYONE)).isEqualTo("b0");
    answers(backends.get(0), 500);
    assertThat(firstChoice(balancer(backends), ANYONE)).isEqualTo("b1");
  }

  @Test
  void aSlowOneIsTriedAgainWhenItsTimeIsForgotten() {
    List<Backend> backends = weighted(1, 1);
    answers(backends.get(0), 500);
    for (int second = 0; second < 40; second++) {
      answers(backends.get(1), 2);
      assertThat(firstChoice(balancer(backends), ANYONE)).isEqualTo("b1");
      now += SECONDS.toNanos(1);
    }
    now += SECONDS.toNanos(20);
    answers(backends.get(1), 2);
    assertThat(firstChoice(balancer(backends), ANYONE)).isEqualTo("b0");
  }

  /** The others have answered since, so that it seems the fastest; but it is as slow as it was. */
  @Test
  void afterAPauseASlowOneIsTriedWithOneConnection() {
    List<Backend> backends = weighted(1, 1);
    answers(backends.get(0), 500);
    answers(backends.get(1), 5);
    now += SECONDS.toNanos(60);
    answers(backends.get(1), 5);
    Balancer balancer = balancer(backends);
    assertThat(firstChoice(balancer, ANYONE)).isEqualTo("b0");
    backends.get(0).stats().answers().awaited(now);
    occupy(backends.get(0), 1);
    for (int i = 0; i < 50; i++) {
      assertThat(firstChoice(balancer, ANYONE)).isEqualTo("b1");
      occupy(backends.get(1), 1);
    }
    backends.get(0).stats().answers().noLongerAwaited();
    answers(backends.get(0), 1);
    assertThat(firstChoice(balancer, ANYONE)).isEqualTo("b0");
  }

  /** A client that says nothing is never answered. */
  @Test
  void oneOfWhichAnAnswerIsAwaitedForLongIsTriedAgainNevertheless() {
    List<Backend> backends = weighted(1, 1);
    answers(backends.get(0), 500);
    backends.get(0).stats().answers().awaited(now);
    occupy(backends.get(0), 1);
    answers(backends.get(1), 5);
    assertThat(firstChoice(balancer(backends), ANYONE)).isEqualTo("b1");
    now += SECONDS.toNanos(60);
    answers(backends.get(1), 5);
    assertThat(firstChoice(balancer(backends), ANYONE)).isEqualTo("b0");
  }

  @Test
  void oneThatFailsIsNotTheFastest() {
    List<Backend> backends = weighted(1, 1);
    answers(backends.get(1), 20);
    backends.get(0).stats().answers().failed(now);
    assertThat(firstChoice(balancer(backends), ANYONE)).isEqualTo("b1");
  }

  @Test
  void anUnknownOneGetsAConnectionAndIsWaitedFor() {
    List<Backend> backends = weighted(1, 1);
    answers(backends.get(0), 5);
    Balancer balancer = balancer(backends);
    assertThat(firstChoice(balancer, ANYONE)).isEqualTo("b1");
    backends.get(1).stats().answers().awaited(now);
    occupy(backends.get(1), 1);
    occupy(backends.get(0), 10);
    assertThat(firstChoice(balancer, ANYONE)).isEqualTo("b0");
  }

  /** Connections that stay, and were answered long ago, are no reason to be passed over. */
  @Test
  void oneOfWhichNothingIsKnownAnyMoreIsTriedThoughItHasConnections() {
    List<Backend> backends = weighted(1, 1);
    occupy(backends.get(0), 50);
    occupy(backends.get(1), 50);
    answers(backends.get(0), 5);
    now += SECONDS.toNanos(300);
    answers(backends.get(1), 5);
    assertThat(firstChoice(balancer(backends), ANYONE)).isEqualTo("b0");
  }

  @Test
  void aBackendOfTwiceTheWeightMayHaveTwiceAsMuchToDo() {
    List<Backend> backends = weighted(1, 2);
    backends.forEach(backend -> answers(backend, 5));
    occupy(backends.get(0), 3);
    occupy(backends.get(1), 6);
    assertThat(firstChoice(balancer(backends), ANYONE)).isEqualTo("b1");
    occupy(backends.get(1), 2);
    assertThat(firstChoice(balancer(backends), ANYONE)).isEqualTo("b0");
  }

  @Test
  void idleOnesOfWhomNothingIsKnownTakeTurns() {
    Balancer balancer = balancer(weighted(1, 1, 1));
    assertThat(Backends.shares(balancer, 300))
        .isEqualTo(Map.of("b0", 100L, "b1", 100L, "b2", 100L));
  }

  @Test
  void inALargePoolTwoAreCompared() {
    int[] weights = new int[20];
    java.util.Arrays.fill(weights, 1);
    List<Backend> backends = weighted(weights);
    backends.forEach(backend -> answers(backend, 5));
    answers(backends.get(7), 50);
    Balancer balancer = balancer(backends);
    Map<String, Long> shares =
        Backends.count(Stream.generate(() -> firstChoice(balancer, ANYONE)).limit(2_000));
    assertThat(shares).hasSize(19).doesNotContainKey("b7");
  }
}
