package io.loble.model;

/**
 * One server that a pool may send connections to, as one snapshot sees it.
 *
 * @param name unique in its pool; what logs, metrics and commands call it
 * @param address where it listens
 * @param weight its configured share against the other backends of the pool, 1 to 256; with 0 it
 *     gets no new connections, whatever its state
 * @param effectiveWeight the share that it has now, 0 or more and finite; may be a fraction
 * @param maxConnections the most connections it may hold at once; 0 for no bound
 * @param mode what is wanted of it
 * @param state whether it takes new connections, as its mode and its health have it
 * @param stats what is shared by every snapshot that holds this backend
 */
public record Backend(
    String name,
    Address address,
    int weight,
    double effectiveWeight,
    int maxConnections,
    BackendMode mode,
    BackendState state,
    BackendStats stats) {

  public Backend {
    if (!(effectiveWeight >= 0 && effectiveWeight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("effective weight " + effectiveWeight);
    }
  }

  /** A backend whose share is the configured one. */
  public Backend(
      String name,
      Address address,
      int weight,
      int maxConnections,
      BackendMode mode,
      BackendState state,
      BackendStats stats) {
    this(name, address, weight, weight, maxConnections, mode, state, stats);
  }

  /** A backend whose health alone decides. */
  public Backend(
      String name,
      Address address,
      int weight,
      int maxConnections,
      BackendState state,
      BackendStats stats) {
    this(name, address, weight, maxConnections, BackendMode.READY, state, stats);
  }

  /** Whether new connections may go to it. */
  public boolean takesConnections() {
    return state.inRotation() && hasWeight();
  }

  /** Whether it has a share at all. */
  public boolean hasWeight() {
    return weight > 0 && effectiveWeight > 0;
  }

  /** This backend in another state. */
  public Backend withState(BackendState newState) {
    return new Backend(
        name, address, weight, effectiveWeight, maxConnections, mode, newState, stats);
  }

  /** This backend with another share than the configured one. */
  public Backend withEffectiveWeight(double newWeight) {
    return new Backend(name, address, weight, newWeight, maxConnections, mode, state, stats);
  }
}
