package io.loble.balancer;

import io.loble.model.Backend;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
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
    return new Candidates(draws.begin());
  }

  @Override
  public Forecast forecast(ClientKey client) {
    return Forecast.byWeight(backends);
  }

  private final class Candidates implements Iterator<Backend> {

    private final WeightedDraws.Draw draw;

    Candidates(WeightedDraws.Draw draw) {
      this.draw = draw;
    }

    @Override
    public boolean hasNext() {
      return draw.hasNext();
    }

    @Override
    public Backend next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return backends.get(draw.next());
    }
  }
}
