package io.loble.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.Algorithm;
import io.loble.model.Backend;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.HostPort;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SurplusTest {

  @Test
  void whatIsAboveTheShareIsClosed() {
    List<Surplus> surpluses = Surplus.of(pool(List.of(30, 0), List.of(1, 2)), 100);
    assertThat(surpluses).extracting(Surplus::share).containsExactly(10, 20);
    assertThat(surpluses).extracting(Surplus::closing).containsExactly(20, 0);
  }

  @Test
  void aPercentageBoundsIt() {
    assertThat(Surplus.of(pool(List.of(30, 0), List.of(1, 2)), 10))
        .extracting(Surplus::closing)
        .containsExactly(3, 0);
  }

  @Test
  void whatIsOutOfRotationHasNoShare() {
    Pool pool = pool(List.of(4, 0), List.of(1, 1));
    Backend down = pool.backends().get(1).withState(BackendState.UNHEALTHY);
    Pool half =
        new Pool(
            "p", Algorithm.RANDOM, 0, false, List.of(pool.backends().get(0), down), pool.stats());
    assertThat(Surplus.of(half, 100)).extracting(Surplus::closing).containsExactly(0);
  }

  @Test
  void whatHasNoWeightKeepsItsConnections() {
    List<Surplus> surpluses = Surplus.of(pool(List.of(9, 4, 0), List.of(0, 1, 1)), 100);
    assertThat(surpluses).extracting(s -> s.backend().name()).containsExactly("b1", "b2");
    assertThat(surpluses).extracting(Surplus::share).containsExactly(2, 2);
    assertThat(Surplus.of(pool(List.of(9), List.of(0)), 100)).isEmpty();
  }

  @Property
  void nobodyIsTakenBelowTheShare(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 500) Integer> active,
      @ForAll @IntRange(min = 1, max = 256) int weight,
      @ForAll @IntRange(max = 100) int percent) {
    List<Integer> weights = new ArrayList<>();
    for (int i = 0; i < active.size(); i++) {
      weights.add((i * weight) % 257);
    }
    for (Surplus surplus : Surplus.of(pool(active, weights), percent)) {
      assertThat(surplus.closing()).isBetween(0, surplus.active() * percent / 100);
      assertThat(surplus.closing() == 0 || surplus.active() - surplus.closing() >= surplus.share())
          .isTrue();
    }
  }

  private static Pool pool(List<Integer> active, List<Integer> weights) {
    List<Backend> backends = new ArrayList<>();
    for (int i = 0; i < active.size(); i++) {
      BackendStats stats = new BackendStats();
      for (int n = 0; n < active.get(i); n++) {
        stats.admission().tryAcquire(0);
      }
      HostPort address = new HostPort("10.0.0.1", i + 1);
      backends.add(new Backend("b" + i, address, weights.get(i), 0, BackendState.HEALTHY, stats));
    }
    return new Pool("p", Algorithm.ROUND_ROBIN, 0, false, backends, new PoolStats());
  }
}
