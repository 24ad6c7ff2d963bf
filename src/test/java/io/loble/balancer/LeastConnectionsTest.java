package io.loble.balancer;

import static io.loble.balancer.Backends.ANYONE;
import static io.loble.balancer.Backends.allChoices;
import static io.loble.balancer.Backends.firstChoice;
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
    Balancer balancer = new LeastConnections(backends, stats);
    for (int turn = 0; turn < 6; turn++) {
      assertThat(allChoices(balancer, ANYONE)).containsExactly("b1", "b2", "b0");
    }
  }

  @Test
  void countsConnectionsPerWeight() {
    List<Backend> backends = weighted(4, 1);
    Balancer balancer = new LeastConnections(backends, stats);
    occupy(backends.get(0), 7);
    occupy(backends.get(1), 2);
    assertThat(allChoices(balancer, ANYONE)).containsExactly("b0", "b1");
    occupy(backends.get(0), 2);
    assertThat(allChoices(balancer, ANYONE)).containsExactly("b1", "b0");
  }

  @Test
  void idleBackendsShareByWeight() {
    Balancer balancer = new LeastConnections(weighted(5, 1, 1), stats);
    assertThat(shares(balancer, 700)).isEqualTo(Map.of("b0", 500L, "b1", 100L, "b2", 100L));
  }

  @Test
  void openConnectionsSettleAtTheWeights() {
    List<Backend> backends = weighted(5, 2, 1);
    Balancer balancer = new LeastConnections(backends, stats);
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
    Balancer balancer = new LeastConnections(backends, stats);
    occupy(backends.get(0), 1);
    assertThat(firstChoice(balancer, ANYONE)).isEqualTo("b1");
    backends.get(0).stats().admission().release();
    occupy(backends.get(1), 1);
    assertThat(firstChoice(balancer, ANYONE)).isEqualTo("b0");
  }
}
