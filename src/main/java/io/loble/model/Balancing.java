package io.loble.model;

/**
 * How a pool chooses among the backends in rotation.
 *
 * @param hashOn what algorithms hash that hash
 * @param balanceFactor with {@link Algorithm#SOURCE_HASH}, the multiple of the average load that no
 *     backend gets more than, 1 or more; 0 for no bound
 * @param adaptiveMin with the adaptive algorithm, the least part of its weight that a backend may
 *     be left with, above 0 and at most 1
 * @param adaptiveMax the largest multiple of its weight that it may be given, 1 or more
 */
public record Balancing(
    Algorithm algorithm,
    HashOn hashOn,
    double balanceFactor,
    double adaptiveMin,
    double adaptiveMax) {

  /** Where the configuration names an algorithm only. */
  public static Balancing by(Algorithm algorithm) {
    return new Balancing(algorithm, HashOn.CLIENT, 0, 0.2, 2);
  }

  /** The same with another algorithm. */
  public Balancing withAlgorithm(Algorithm other) {
    return new Balancing(other, hashOn, balanceFactor, adaptiveMin, adaptiveMax);
  }
}
