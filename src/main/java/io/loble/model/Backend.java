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
 * @param priority of its level; the lower ones are used first
 * @param mode what is wanted of it
 * @param state whether it takes new connections, as its mode and its health have it
 * @param panic whether it gets new connections whatever its state, since too few of its pool are in
 *     rotation
 * @param source where it is named
 * @param stats what is shared by every snapshot that holds this backend
 */
public record Backend(
    String name,
    Address address,
    int weight,
    double effectiveWeight,
    int maxConnections,
    int priority,
    BackendMode mode,
    BackendState state,
    boolean panic,
    Source source,
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
    this(
        name,
        address,
        weight,
        weight,
        maxConnections,
        0,
        mode,
        state,
        false,
        Source.CONFIGURATION,
        stats);
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
    return (state.inRotation() || panic) && hasWeight();
  }

  /** Whether it has a share at all. */
  public boolean hasWeight() {
    return weight > 0 && effectiveWeight > 0;
  }

  /** Whether it is in rotation and has a weight, but the levels before its own suffice. */
  public boolean isStandby() {
    return state.inRotation() && weight > 0 && effectiveWeight == 0 && mode == BackendMode.READY;
  }

  /** This backend in another state. */
  public Backend withState(BackendState newState) {
    return new Backend(
        name,
        address,
        weight,
        effectiveWeight,
        maxConnections,
        priority,
        mode,
        newState,
        panic,
        source,
        stats);
  }

  /** This backend with another share than the configured one. */
  public Backend withEffectiveWeight(double newWeight) {
    return withShare(newWeight, panic);
  }

  /** This backend with another share, which it gets in panic whatever its state. */
  public Backend withShare(double newWeight, boolean inPanic) {
    return new Backend(
        name,
        address,
        weight,
        newWeight,
        maxConnections,
        priority,
        mode,
        state,
        inPanic,
        source,
        stats);
  }

  /** This backend, named elsewhere. */
  public Backend namedBy(Source other) {
    return new Backend(
        name,
        address,
        weight,
        effectiveWeight,
        maxConnections,
        priority,
        mode,
        state,
        panic,
        other,
        stats);
  }
}
