package io.loble.model;

/**
 * One server that a pool may send connections to, as one snapshot sees it.
 *
 * @param name unique in its pool; what logs, metrics and commands call it
 * @param address where it listens
 * @param weight its share against the other backends of the pool, 1 to 256; with 0 it gets no new
 *     connections, whatever its state
 * @param maxConnections the most connections it may hold at once; 0 for no bound
 * @param mode what is wanted of it
 * @param state whether it takes new connections, as its mode and its health have it
 * @param stats its counters, shared by every snapshot that holds this backend
 */
public record Backend(
    String name,
    HostPort address,
    int weight,
    int maxConnections,
    BackendMode mode,
    BackendState state,
    BackendStats stats) {

  /** A backend whose health alone decides. */
  public Backend(
      String name,
      HostPort address,
      int weight,
      int maxConnections,
      BackendState state,
      BackendStats stats) {
    this(name, address, weight, maxConnections, BackendMode.READY, state, stats);
  }

  /** Whether new connections may go to it. */
  public boolean takesConnections() {
    return state.inRotation() && weight > 0;
  }

  /** This backend in another state, with the same counters. */
  public Backend withState(BackendState newState) {
    return new Backend(name, address, weight, maxConnections, mode, newState, stats);
  }
}
