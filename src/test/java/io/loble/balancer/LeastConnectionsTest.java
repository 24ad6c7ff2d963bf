package io.loble.balancer;

import static io.loble.balancer.Backends.ANYONE;
import static io.loble.balancer.Backends.active;
import static io.loble.balancer.Backends.allChoices;
import static io.loble.balancer.Backends.backend;
import static io.loble.balancer.Backends.firstChoice;
import static io.loble.balancer.Backends.leastConnections;
import static io.loble.balancer.Backends.occupy;
import static io.loble.balancer.Backends.shares;
import static io.loble.balancer.Backends.weighted;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.Backend;
import io.loble.model.PoolStats;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The fewest active connections for the weight. */
class LeastConnectionsTest {

  private final PoolStats stats = new PoolStats();

  @Test
  void ordersByLoadWhateverTheTurn() {
    List<Backend> backends = weighted(1, 1, 1);
    occupy(backends.get(0), 3);
    occupy(backends.get(1), 1);
    occupy(backends.get(2), 2);
    Balancer balancer = leastConnections(backends, stats);
    for (int turn = 0; turn < 6; turn++) {
      assertThat(allChoices(balancer, ANYONE)).containsExactly("b1", "b2", "b0");
    }
  }

  @Test
  void countsConnectionsPerWeight() {
    List<Backend> backends = weighted(4, 1);
    Balancer balancer = leastConnections(backends, stats);
    occupy(backends.get(0), 7);
    occupy(backends.get(1), 2);
    assertThat(allChoices(balancer, ANYONE)).containsExactly("b0", "b1");
    occupy(backends.get(0), 2);
    assertThat(allChoices(balancer, ANYONE)).containsExactly("b1", "b0");
  }

  @Test
  void idleBackendsShareByWeight() {
    Balancer balancer = leastConnections(weighted(5, 1, 1), stats);
    assertThat(shares(balancer, 700)).isEqualTo(Map.of("b0", 500L, "b1", 100L, "b2", 100L));
  }

  @Test
  void openConnectionsSettleAtTheWeights() {
    List<Backend> backends = weighted(5, 2, 1);
    Balancer balancer = leastConnections(backends, stats);
    for (int connection = 0; connection < 80; connection++) {
      occupy(balancer.candidates(ANYONE).next(), 1);
    }
    assertThat(backends)
        .extracting(b -> b.stats().admission().active())
        .containsExactly(50, 20, 10);
  }

  @Test
  void theLoadIsLookedAtForEachConnection() {
    List<Backend> backends = weighted(1, 1);
    Balancer balancer = leastConnections(backends, stats);
    occupy(backends.get(0), 1);
    assertThat(firstChoice(balancer, ANYONE)).isEqualTo("b1");
    backends.get(0).stats().admission().release();
    occupy(backends.get(1), 1);
    assertThat(firstChoice(balancer, ANYONE)).isEqualTo("b0");
  }

  @Test
  void aFractionOfAWeightHoldsThatFractionOfTheConnections() {
    List<Backend> backends =
        List.of(weighted(1).get(0), backend("warming", 1).withEffectiveWeight(0.1));
    Balancer balancer = leastConnections(backends, stats);
    for (int connection = 0; connection < 110; connection++) {
      occupy(balancer.candidates(ANYONE).next(), 1);
    }
    assertThat(backends).extracting(b -> b.stats().admission().active()).containsExactly(100, 10);
  }

  @Test
  void aBackendThatReturnsGetsNoMoreThanEverySecondConnection() {
    List<Backend> backends = weighted(1, 1, 1);
    occupy(backends.get(0), 100);
    occupy(backends.get(1), 100);
    Balancer balancer = leastConnections(backends, stats);
    for (int connection = 0; connection < 60; connection++) {
      occupy(balancer.candidates(ANYONE).next(), 1);
    }
    assertThat(backends).extracting(Backends::active).containsExactly(115, 115, 30);
  }

  @Test
  void whatItSaysBeforehandOfABackendThatReturnsIsWhatItDoes() {
    List<Backend> backends = weighted(2, 1, 3);
    occupy(backends.get(0), 90);
    occupy(backends.get(2), 120);
    Balancer balancer = leastConnections(backends, stats);
    for (int connection = 0; connection < 100; connection++) {
      Backend said = balancer.forecast(ANYONE).order().get(0).backend();
      Backend chosen = balancer.candidates(ANYONE).next();
      assertThat(chosen).isSameAs(said);
      occupy(chosen, 1);
    }
  }

  @Test
  void severalThatReturnShareEverySecondConnection() {
    List<Backend> backends = weighted(1, 1, 1, 1);
    occupy(backends.get(0), 200);
    occupy(backends.get(1), 200);
    Balancer balancer = leastConnections(backends, stats);
    for (int connection = 0; connection < 80; connection++) {
      occupy(balancer.candidates(ANYONE).next(), 1);
    }
    assertThat(backends).extracting(Backends::active).containsExactly(220, 220, 20, 20);
  }

  /** Two cores that take turns from the same pool. */
  @Test
  void everySecondIsCountedOverAllCores() {
    List<Backend> backends = weighted(1, 1, 1);
    occupy(backends.get(0), 100);
    occupy(backends.get(1), 100);
    Balancer one = leastConnections(backends, stats);
    Balancer other = leastConnections(backends, stats);
    for (int connection = 0; connection < 20; connection++) {
      occupy(one.candidates(ANYONE).next(), 1);
      occupy(other.candidates(ANYONE).next(), 1);
    }
    assertThat(active(backends.get(2))).isEqualTo(20);
  }

  @Test
  void fewConnectionsAreNoHerd() {
    List<Backend> backends = weighted(1, 1);
    occupy(backends.get(0), 15);
    Balancer balancer = leastConnections(backends, stats);
    for (int connection = 0; connection < 15; connection++) {
      occupy(balancer.candidates(ANYONE).next(), 1);
    }
    assertThat(backends).extracting(Backends::active).containsExactly(15, 15);
  }

  @Test
  void inTheEndAllHaveTheirShareAgain() {
    List<Backend> backends = weighted(3, 1, 2);
    occupy(backends.get(0), 300);
    occupy(backends.get(2), 200);
    Balancer balancer = leastConnections(backends, stats);
    for (int connection = 0; connection < 700; connection++) {
      occupy(balancer.candidates(ANYONE).next(), 1);
    }
    assertThat(backends).extracting(Backends::active).containsExactly(600, 200, 400);
  }
}
