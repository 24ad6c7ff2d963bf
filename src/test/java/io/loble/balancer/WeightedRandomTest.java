package io.loble.balancer;

import static io.loble.balancer.Backends.ANYONE;
import static io.loble.balancer.Backends.allChoices;
import static io.loble.balancer.Backends.backend;
import static io.loble.balancer.Backends.shares;
import static io.loble.balancer.Backends.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import io.loble.model.Backend;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A probability in proportion to the weight. */
class WeightedRandomTest {

  @Test
  void sharesFollowWeights() {
    Balancer balancer = new WeightedRandom(weighted(10, 5, 4, 1), new SplittableRandom(42));
    Map<String, Long> shares = shares(balancer, 100_000);
    assertThat(shares.get("b0")).isCloseTo(50_000L, withPercentage(2));
    assertThat(shares.get("b1")).isCloseTo(25_000L, withPercentage(2));
    assertThat(shares.get("b2")).isCloseTo(20_000L, withPercentage(2));
    assertThat(shares.get("b3")).isCloseTo(5_000L, withPercentage(4));
  }

  @Test
  void aFractionOfAWeightGetsThatFractionOfTheDraws() {
    List<Backend> warming = List.of(backend("a", 2), backend("b", 2).withEffectiveWeight(0.25));
    Map<String, Long> shares =
        shares(new WeightedRandom(warming, new SplittableRandom(42)), 90_000);
    assertThat(shares.get("b")).isCloseTo(10_000L, withPercentage(3));
  }

  @Test
  void theSecondChoiceIsDrawnByWeightFromTheOthers() {
    Balancer balancer = new WeightedRandom(weighted(3, 2, 1), new SplittableRandom(42));
    long afterFirst =
        Stream.generate(() -> allChoices(balancer, ANYONE))
            .limit(60_000)
            .filter(order -> order.get(0).equals("b0"))
            .filter(order -> order.get(1).equals("b1"))
            .count();
    assertThat(afterFirst / 60_000.0).isCloseTo(1 / 2.0 * 2 / 3, within(0.01));
  }

  @Property(tries = 100)
  void eachBackendIsACandidateOnce(@ForAll long seed) {
    Balancer balancer = new WeightedRandom(weighted(1, 256, 3, 7, 1), new SplittableRandom(seed));
    assertThat(allChoices(balancer, ANYONE))
        .containsExactlyInAnyOrder(
            IntStream.range(0, 5).mapToObj(i -> "b" + i).toArray(String[]::new));
  }
}
