package io.loble.balancer;

import static io.loble.balancer.Backends.ANYONE;
import static io.loble.balancer.Backends.shares;
import static io.loble.balancer.Backends.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loble.balancer.Forecast.Odds;
import io.loble.model.Backend;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How likely each backend is. */
class ForecastTest {

  private final List<Backend> backends = weighted(1, 5, 4);

  @Test
  void chancesAreThoseOfTheDraw() {
    Balancer balancer = new WeightedRandom(backends, new SplittableRandom(7));
    int draws = 20_000;
    Map<String, Long> drawn = shares(balancer, draws);
    for (Odds odds : balancer.forecast(ANYONE).order()) {
      double share = drawn.getOrDefault(odds.backend().name(), 0L) / (double) draws;
      assertThat(odds.chance()).isCloseTo(share, within(0.02));
    }
  }

  @Test
  void theLikelierComeFirst() {
    Forecast forecast = Forecast.byWeight(backends);
    assertThat(forecast.order())
        .containsExactly(
            new Odds(backends.get(1), 0.5),
            new Odds(backends.get(2), 0.4),
            new Odds(backends.get(0), 0.1));
  }

  @Test
  void whatIsPassedOverLeavesItsChanceToTheOthers() {
    Forecast forecast = Forecast.byWeight(backends).among(b -> !b.name().equals("b1"));
    assertThat(forecast.order().get(0).chance()).isCloseTo(0.8, within(1e-9));
    assertThat(forecast.order().get(1).chance()).isCloseTo(0.2, within(1e-9));
  }

  @Test
  void whatComesNextIsCertainWhenTheFirstIsPassedOver() {
    Forecast forecast = Forecast.certain(backends.iterator()).among(b -> !b.name().equals("b0"));
    assertThat(forecast.order())
        .containsExactly(new Odds(backends.get(1), 1), new Odds(backends.get(2), 0));
  }

  @Test
  void ofNobodyNothingIsSaid() {
    assertThat(Forecast.byWeight(List.of()).order()).isEmpty();
    assertThat(Forecast.byWeight(backends).among(b -> false).order()).isEmpty();
  }
}
