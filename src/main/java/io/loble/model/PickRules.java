package io.loble.model;

/** How a pool finds a backend for a connection: chosen among, tried again, waited for. */
public record PickRules(Balancing balancing, Retrying retrying, QueueLimits queue) {

  /** Where the configuration names an algorithm and a number of retries only. */
  public static PickRules of(Algorithm algorithm, int retries) {
    return new PickRules(Balancing.by(algorithm), Retrying.upTo(retries), QueueLimits.NONE);
  }

  public Algorithm algorithm() {
    return balancing.algorithm();
  }

  /** The same with another choice. */
  public PickRules withBalancing(Balancing other) {
    return new PickRules(other, retrying, queue);
  }

  /** The same with another algorithm. */
  public PickRules withAlgorithm(Algorithm other) {
    return withBalancing(balancing.withAlgorithm(other));
  }
}
