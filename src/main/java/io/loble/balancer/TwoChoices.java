package io.loble.balancer;

import io.loble.model.Backend;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The less loaded of two that are drawn by weight: nearly as even as to ask all, for the price of
 * two, and many who choose at once do not choose the same. M. Mitzenmacher, "The Power of Two
 * Choices in Randomized Load Balancing" (IEEE TPDS 12, 2001).
 *
 * <p>When neither can be had, the other of the two follows, then two others.
 */
final class TwoChoices implements Balancer {

  private final List<Backend> backends;
  private final WeightedDraws draws;
  private final LoadSignal load;
  private final LongSupplier clock;

  /**
   * @param backends one or more, all of them in rotation
   * @param clock as {@link System#nanoTime}
   */
  TwoChoices(List<Backend> backends, RandomGenerator random, LoadSignal load, LongSupplier clock) {
    this.backends = backends;
    this.draws = new WeightedDraws(backends, random);
    this.load = load;
    this.clock = clock;
  }

  @Override
  public Iterator<Backend> candidates(ClientKey client) {
    return new InPairs();
  }

  @Override
  public Forecast forecast(ClientKey client) {
    long now = clock.getAsLong();
    double[] loads = backends.stream().mapToDouble(each -> loadWithRoom(each, now)).toArray();
    double[] chances = new double[loads.length];
    for (int i = 0; i < chances.length; i++) {
      chances[i] = draws.chance(i);
    }
    return Forecast.byChance(backends, PairOdds.of(loads, chances));
  }

  /** One that has no room loses against every other. */
  private double loadWithRoom(Backend backend, long now) {
    return Places.LOOK.placeOn(backend) ? load.of(backend, now) : Double.POSITIVE_INFINITY;
  }

  private final class InPairs extends Candidates {

    private static final int NONE = -1;

    private final WeightedDraws.Draw draw = draws.begin();
    private int loser = NONE;

    InPairs() {
      super(backends);
    }

    @Override
    int first() {
      return lessLoaded();
    }

    @Override
    int another() {
      if (loser == NONE) {
        return lessLoaded();
      }
      int next = loser;
      loser = NONE;
      return next;
    }

    /** Of the next two; the other one is remembered. */
    private int lessLoaded() {
      int first = draw.next();
      if (!draw.hasNext()) {
        return first;
      }
      int second = draw.next();
      long now = clock.getAsLong();
      boolean isSecond = load.of(backends.get(second), now) < load.of(backends.get(first), now);
      loser = isSecond ? first : second;
      return isSecond ? second : first;
    }
  }
}
