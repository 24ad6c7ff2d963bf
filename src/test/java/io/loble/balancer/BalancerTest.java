package io.loble.balancer;

import static io.loble.balancer.Backends.ANYONE;
import static io.loble.balancer.Backends.allChoices;
import static io.loble.balancer.Backends.backend;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.model.Algorithm;
import io.loble.model.Backend;
import io.loble.model.BackendState;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every algorithm promises. */
class BalancerTest {

  @ParameterizedTest
  @EnumSource
  void onlyBackendsInRotationAreCandidates(Algorithm algorithm) {
    Balancer balancer =
        balancer(
            algorithm,
            backend("one", 3),
            backend("draining", 256).withState(BackendState.DRAINING),
            backend("two", 1),
            backend("unhealthy", 256).withState(BackendState.UNHEALTHY),
            backend("without weight", 0));
    for (int i = 0; i < 20; i++) {
      assertThat(allChoices(balancer, ANYONE)).containsExactlyInAnyOrder("one", "two");
      assertThat(balancer.forecast(ANYONE).order())
          .extracting(odds -> odds.backend().name())
          .containsExactlyInAnyOrder("one", "two");
    }
  }

  @ParameterizedTest
  @EnumSource
  void candidatesEndAfterTheLastBackend(Algorithm algorithm) {
    Iterator<Backend> candidates =
        balancer(algorithm, backend("one", 2), backend("two", 1)).candidates(ANYONE);
    candidates.next();
    candidates.next();
    assertThat(candidates).isExhausted();
    assertThatThrownBy(candidates::next).isInstanceOf(NoSuchElementException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aPoolWithNobodyInRotationHasNoCandidates(Algorithm algorithm) {
    Iterator<Backend> candidates =
        balancer(algorithm, backend("down", 1).withState(BackendState.UNHEALTHY))
            .candidates(ANYONE);
    assertThat(candidates).isExhausted();
    assertThatThrownBy(candidates::next).isInstanceOf(NoSuchElementException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aPoolInWhichNobodyHasWeightHasNoCandidates(Algorithm algorithm) {
    Balancer balancer = balancer(algorithm, backend("one", 0), backend("two", 0));
    assertThat(balancer.candidates(ANYONE)).isExhausted();
    assertThat(balancer.forecast(ANYONE).order()).isEmpty();
  }

  private static Balancer balancer(Algorithm algorithm, Backend... backends) {
    Pool pool = new Pool("default", algorithm, 1, false, List.of(backends), new PoolStats());
    return Balancers.of(pool, new SplittableRandom(7), System::nanoTime);
  }
}
