package io.loble.sim.client;

import java.util.SplittableRandom;

/**
 * What each client of a run is. Everything about a client follows from the seed and from its number
 * alone, whenever it starts, whatever became of those before, and however many event loops share
 * the run.
 */
final class Choices {

  private final ClientSettings settings;
  private final WeightedKinds kinds;
  private final long root;

  Choices(long seed, ClientSettings settings) {
    this.settings = settings;
    this.kinds = new WeightedKinds(settings.weights());
    // Seeds side by side must not give the same clients under other numbers.
    this.root = new SplittableRandom(seed).nextLong();
  }

  /**
   * One client.
   *
   * @param number from 0, in the order in which clients are due
   */
  Choice of(long number) {
    SplittableRandom random = new SplittableRandom(root + number);
    ClientKind kind = kinds.pick(random);
    return new Choice(number, kind, ClientKinds.script(kind, random, settings));
  }

  /** A client that may now be started, once. */
  record Choice(long number, ClientKind kind, Script script) {

    @Override
    public String toString() {
      return "#" + number + " " + kind.key() + ": " + script.choices();
    }
  }
}
