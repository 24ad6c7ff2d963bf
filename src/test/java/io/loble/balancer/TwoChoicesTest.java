package io.loble.balancer;

import static io.loble.balancer.Backends.ANYONE;
import static io.loble.balancer.Backends.allChoices;
import static io.loble.balancer.Backends.firstChoice;
import static io.loble.balancer.Backends.occupy;
import static io.loble.balancer.Backends.shares;
import static io.loble.balancer.Backends.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import io.loble.model.Backend;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Of two that are drawn, the less loaded one is chosen. */
class TwoChoicesTest {

  private static final int CONNECTIONS = 100_000;

  private final SplittableRandom random = new SplittableRandom(3);

  private Balancer p2c(List<Backend> backends) {
    return new TwoChoices(backends, random, LoadSignal.ACTIVE_PER_WEIGHT, () -> 0);
  }

  @Test
  void theMostLoadedOfAllIsNeverChosenWhileThereAreOthers() {
    List<Backend> backends = weighted(1, 1, 1, 1);
    occupy(backends.get(2), 5);
    assertThat(shares(p2c(backends), CONNECTIONS)).containsOnlyKeys("b0", "b1", "b3");
  }

  @Test
  void ofTwoTheOneWithFewerConnectionsForItsWeightIsChosen() {
    List<Backend> backends = weighted(1, 4);
    occupy(backends.get(0), 2);
    occupy(backends.get(1), 7);
    assertThat(shares(p2c(backends), 1_000)).containsOnlyKeys("b1");
  }

  @Test
  void whereNobodyIsLoadedTheSharesAreThoseOfTheFirstDraw() {
    Map<String, Long> shares = shares(p2c(weighted(1, 2, 5)), CONNECTIONS);
    assertThat(shares.get("b0")).isCloseTo(CONNECTIONS / 8L, withPercentage(4));
    assertThat(shares.get("b2")).isCloseTo(CONNECTIONS * 5L / 8, withPercentage(2));
  }

  /** What Mitzenmacher proves: the fullest has far fewer more than the average than by chance. */
  @Test
  void connectionsThatStaySpreadEvenly() {
    List<Backend> backends = weighted(new int[100]).stream().map(b -> weightOne(b.name())).toList();
    Balancer balancer = p2c(backends);
    for (int i = 0; i < 10_000; i++) {
      occupy(balancer.candidates(ANYONE).next(), 1);
    }
    assertThat(backends).allMatch(b -> Backends.active(b) >= 94 && Backends.active(b) <= 104);
  }

  private static Backend weightOne(String name) {
    return Backends.backend(name, 1);
  }

  @Property(tries = 100)
  void theForecastIsWhatHappens(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 9) Integer> weights,
      @ForAll @Size(6) List<@IntRange(max = 3) Integer> loads) {
    List<Backend> backends = weighted(weights.stream().mapToInt(Integer::intValue).toArray());
    for (int i = 0; i < backends.size(); i++) {
      occupy(backends.get(i), loads.get(i));
    }
    Balancer balancer = p2c(backends);
    Map<String, Long> shares = shares(balancer, 20_000);
    double sum = 0;
    for (Forecast.Odds odds : balancer.forecast(ANYONE).order()) {
      double seen = shares.getOrDefault(odds.backend().name(), 0L) / 20_000.0;
      assertThat(seen).isCloseTo(odds.chance(), within(0.02));
      sum += odds.chance();
    }
    assertThat(sum).isCloseTo(1, within(1e-9));
  }

  @Property(tries = 100)
  void eachIsACandidateOnce(@ForAll @IntRange(min = 1, max = 40) int count) {
    int[] weights = new int[count];
    java.util.Arrays.fill(weights, 1);
    weights[0] = 256;
    assertThat(allChoices(p2c(weighted(weights)), ANYONE)).hasSize(count).doesNotHaveDuplicates();
  }

  @Test
  void theOtherOfTheTwoIsNext() {
    List<Backend> backends = weighted(1, 1);
    occupy(backends.get(0), 1);
    assertThat(allChoices(p2c(backends), ANYONE)).containsExactly("b1", "b0");
    assertThat(firstChoice(p2c(backends), ANYONE)).isEqualTo("b1");
  }
}
