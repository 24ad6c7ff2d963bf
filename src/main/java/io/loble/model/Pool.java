package io.loble.model;

import java.util.List;

/**
 * The backends that serve one purpose, and how connections are spread over them.
 *
 * @param name unique in the process
 * @param rules how a backend is found for a connection
 * @param observation what health wants of the connections
 * @param tcp of the connections to its backends
 * @param backends all of them, in the order of the configuration, whatever their state
 * @param stats shared by every snapshot that holds this pool
 * @param outbound how the connections to its backends begin
 */
public record Pool(
    String name,
    PickRules rules,
    Observation observation,
    TcpSettings tcp,
    List<Backend> backends,
    PoolStats stats,
    Outbound outbound) {

  public Pool {
    backends = List.copyOf(backends);
  }

  /** A pool of which the configuration says nothing about its connections. */
  public Pool(
      String name,
      Algorithm algorithm,
      int retries,
      boolean trials,
      List<Backend> backends,
      PoolStats stats) {
    this(
        name,
        PickRules.of(algorithm, retries),
        Observation.of(trials),
        TcpSettings.DEFAULT,
        backends,
        stats,
        Outbound.PLAIN);
  }

  /** How a backend is chosen. */
  public Algorithm algorithm() {
    return rules.algorithm();
  }

  /** The backends that take new connections: in rotation, and with a weight. */
  public List<Backend> inRotation() {
    return backends.stream().filter(Backend::takesConnections).toList();
  }

  /** Whether a backend that is out of rotation may be granted connections on trial. */
  public boolean mayTry(Backend backend) {
    return !backend.state().inRotation()
        && backend.hasWeight()
        && (observation.trials() || backend.state().isTried());
  }

  /** Whether backends get new connections although they are out of rotation. */
  public boolean isInPanic() {
    return backends.stream().anyMatch(Backend::panic);
  }
}
