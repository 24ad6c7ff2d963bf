package io.loble.balancer;

import io.loble.model.Backend;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;

/** Any backend, with a probability in proportion to its weight. */
final class WeightedRandom implements Balancer {

  private final List<Backend> backends;
  private final RandomGenerator random;
  private final long[] units;

  /** Of each backend and those before it. */
  private final long[] sums;

  /**
   * @param backends one or more, all of them in rotation
   */
  WeightedRandom(List<Backend> backends, RandomGenerator random) {
    this.backends = backends;
    this.random = random;
    this.units = backends.stream().mapToLong(Sharers::units).toArray();
    this.sums = units.clone();
    for (int i = 1; i < sums.length; i++) {
      sums[i] += sums[i - 1];
    }
  }

  @Override
  public Iterator<Backend> candidates(ClientKey client) {
    return new Draws();
  }

  @Override
  public Forecast forecast(ClientKey client) {
    return Forecast.byWeight(backends);
  }

  /** Draws without putting back. */
  private final class Draws implements Iterator<Backend> {

    private static final boolean[] NONE = {};

    private boolean[] drawn = NONE;
    private int handedOut;
    private int last;
    private long unitsLeft = sums[sums.length - 1];

    @Override
    public boolean hasNext() {
      return handedOut < units.length;
    }

    @Override
    public Backend next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      long ticket = random.nextLong(unitsLeft);
      last = handedOut == 0 ? holder(ticket) : holderAmongOthers(ticket);
      handedOut++;
      unitsLeft -= units[last];
      return backends.get(last);
    }

    private int holder(long ticket) {
      int found = Arrays.binarySearch(sums, ticket);
      return found < 0 ? -found - 1 : found + 1;
    }

    private int holderAmongOthers(long ticket) {
      if (handedOut == 1) {
        drawn = new boolean[units.length];
      }
      drawn[last] = true;
      long left = ticket;
      int index = -1;
      while (left >= 0) {
        index++;
        if (!drawn[index]) {
          left -= units[index];
        }
      }
      return index;
    }
  }
}
