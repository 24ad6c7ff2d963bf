package io.loble.balancer;

import static io.loble.balancer.Backends.ANYONE;
import static io.loble.balancer.Backends.firstChoice;
import static io.loble.balancer.Backends.occupy;
import static io.loble.balancer.Backends.weighted;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.Algorithm;
import io.loble.model.Backend;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Who relays the least is chosen. */
class BandwidthLoadTest {

  private long now = System.nanoTime();

  private Balancer balancer(List<Backend> backends) {
    Pool pool = new Pool("default", Algorithm.LEAST_BANDWIDTH, 1, false, backends, new PoolStats());
    return Balancers.of(pool, new SplittableRandom(5), () -> now);
  }

  /** For three seconds, so much a second in all. */
  private void relay(Balancer balancer, List<Backend> backends, long... perSecond) {
    for (int tenth = 0; tenth < 30; tenth++) {
      now += MILLISECONDS.toNanos(100);
      for (int i = 0; i < perSecond.length; i++) {
        backends.get(i).stats().counters().addBytesToClient(perSecond[i] / 20);
        backends.get(i).stats().counters().addBytesToBackend(perSecond[i] / 20);
      }
      balancer.forecast(ANYONE);
    }
  }

  @Test
  void itIsTheOneWithTheFewestBytesNotTheFewestConnections() {
    List<Backend> backends = weighted(1, 1);
    occupy(backends.get(0), 1);
    occupy(backends.get(1), 20);
    Balancer balancer = balancer(backends);
    relay(balancer, backends, 50_000_000, 1_000_000);
    assertThat(firstChoice(balancer, ANYONE)).isEqualTo("b1");
  }

  @Test
  void aBackendOfTwiceTheWeightMayRelayTwiceAsMuch() {
    List<Backend> backends = weighted(1, 2);
    Balancer balancer = balancer(backends);
    backends.forEach(backend -> occupy(backend, 5));
    relay(balancer, backends, 10_000_000, 15_000_000);
    assertThat(firstChoice(balancer, ANYONE)).isEqualTo("b1");
    relay(balancer, backends, 10_000_000, 25_000_000);
    assertThat(firstChoice(balancer, ANYONE)).isEqualTo("b0");
  }

  /** Before they are measured, new connections count as one of the average each. */
  @Test
  void notAllNewOnesGoToTheSame() {
    List<Backend> backends = weighted(1, 1, 1);
    backends.subList(0, 2).forEach(backend -> occupy(backend, 10));
    Balancer balancer = balancer(backends);
    relay(balancer, backends, 10_000_000, 10_000_000, 0);
    for (int i = 0; i < 30; i++) {
      occupy(balancer.candidates(ANYONE).next(), 1);
    }
    assertThat(Backends.active(backends.get(2))).isBetween(15, 20);
  }

  @Test
  void inAnIdlePoolItIsTheFewestConnections() {
    List<Backend> backends = weighted(1, 1, 1);
    Balancer balancer = balancer(backends);
    for (int i = 0; i < 30; i++) {
      occupy(balancer.candidates(ANYONE).next(), 1);
    }
    assertThat(backends).allMatch(backend -> Backends.active(backend) == 10);
    assertThat(Backends.shares(balancer(weighted(1, 1)), 10)).isEqualTo(Map.of("b0", 5L, "b1", 5L));
  }
}
