package io.loble.model;

/** How a pool finds a backend for a connection: chosen among, tried again, waited for. */
public record PickRules(Algorithm algorithm, Retrying retrying, QueueLimits queue) {

  /** Where the configuration names an algorithm and a number of retries only. */
  public static PickRules of(Algorithm algorithm, int retries) {
    return new PickRules(algorithm, Retrying.upTo(retries), QueueLimits.NONE);
  }

  /** The same with another algorithm. */
  public PickRules withAlgorithm(Algorithm other) {
    return new PickRules(other, retrying, queue);
  }
}
