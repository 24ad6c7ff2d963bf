package io.loble.balancer;

import io.loble.model.Backend;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Any backend, with a probability in proportion to its weight. */
final class WeightedRandom implements Balancer {

  private final List<Backend> backends;
  private final WeightedDraws draws;

  /**
   * @param backends one or more, all of them in rotation
   */
  WeightedRandom(List<Backend> backends, RandomGenerator random) {
    this.backends = backends;
    this.draws = new WeightedDraws(backends, random);
  }

  @Override
  public Iterator<Backend> candidates(ClientKey client) {
    return new ByChance();
  }

  @Override
  public Forecast forecast(ClientKey client) {
    return Forecast.byWeight(backends);
  }

  private final class ByChance extends Candidates {

    private final WeightedDraws.Draw draw = draws.begin();

    ByChance() {
      super(backends);
    }

    @Override
    int first() {
      return draw.next();
    }

    @Override
    int another() {
      return draw.next();
    }
  }
}
