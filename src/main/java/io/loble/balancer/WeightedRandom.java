package io.loble.balancer;

import io.loble.model.Backend;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;

/** Any backend, with a probability in proportion to its weight. */
final class WeightedRandom implements Balancer {

  private final List<Backend> backends;
  private final RandomGenerator random;
  private final int totalWeight;

  WeightedRandom(List<Backend> backends, RandomGenerator random) {
    this.backends = backends;
    this.random = random;
    this.totalWeight = backends.stream().mapToInt(Backend::weight).sum();
  }

  @Override
  public Iterator<Backend> candidates(InetAddress client) {
    return new Draws();
  }

  @Override
  public Forecast forecast(InetAddress client) {
    return Forecast.byWeight(backends);
  }

  /** Draws without putting back. */
  private final class Draws implements Iterator<Backend> {

    private final boolean[] drawn = new boolean[backends.size()];
    private int weightLeft = totalWeight;

    @Override
    public boolean hasNext() {
      return weightLeft > 0;
    }

    @Override
    public Backend next() {
      if (weightLeft == 0) {
        throw new NoSuchElementException();
      }
      int ticket = random.nextInt(weightLeft);
      int index = -1;
      while (ticket >= 0) {
        index++;
        if (!drawn[index]) {
          ticket -= backends.get(index).weight();
        }
      }
      drawn[index] = true;
      weightLeft -= backends.get(index).weight();
      return backends.get(index);
    }
  }
}
