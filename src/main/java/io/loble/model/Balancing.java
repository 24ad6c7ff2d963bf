package io.loble.model;

/**
 * How a pool chooses among the backends in rotation.
 *
 * @param hashOn what algorithms hash that hash
 * @param balanceFactor with {@link Algorithm#SOURCE_HASH}, the multiple of the average load that no
 *     backend gets more than, 1 or more; 0 for no bound
 * @param learning with {@link Algorithm#ADAPTIVE}, how far weights may move
 */
public record Balancing(
    Algorithm algorithm, HashOn hashOn, double balanceFactor, LearningRange learning) {

  /** Where the configuration names an algorithm only. */
  public static Balancing by(Algorithm algorithm) {
    return new Balancing(algorithm, HashOn.CLIENT, 0, LearningRange.DEFAULT);
  }

  /** The same with another algorithm. */
  public Balancing withAlgorithm(Algorithm other) {
    return new Balancing(other, hashOn, balanceFactor, learning);
  }

  /** The same when another part of a client is hashed. */
  public Balancing withHashOn(HashOn other) {
    return new Balancing(algorithm, other, balanceFactor, learning);
  }

  /** The same with another bound. */
  public Balancing withBalanceFactor(double other) {
    return new Balancing(algorithm, hashOn, other, learning);
  }

  /** Whether the server name that a client asks for is to be known. */
  public boolean needsServerName() {
    return algorithm.hashes() && hashOn == HashOn.SNI;
  }

  /** Whether no backend may have more than its share of the load. */
  public boolean isBounded() {
    return algorithm == Algorithm.SOURCE_HASH && balanceFactor > 0;
  }
}
