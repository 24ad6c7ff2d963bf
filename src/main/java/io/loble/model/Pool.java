package io.loble.model;

import java.util.List;

/**
 * The backends that serve one purpose, and how connections are spread over them.
 *
 * @param name unique in the process
 * @param algorithm how a backend is chosen
 * @param retries how many further backends are tried when a connect fails, 0 or more
 * @param trials whether backends that are out of rotation get trial connections
 * @param tcp of the connections to its backends
 * @param backends all of them, in the order of the configuration, whatever their state
 * @param stats shared by every snapshot that holds this pool
 * @param outbound how the connections to its backends begin
 */
public record Pool(
    String name,
    Algorithm algorithm,
    int retries,
    boolean trials,
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
    this(name, algorithm, retries, trials, TcpSettings.DEFAULT, backends, stats, Outbound.PLAIN);
  }

  /** The backends that take new connections: in rotation, and with a weight. */
  public List<Backend> inRotation() {
    return backends.stream().filter(Backend::takesConnections).toList();
  }
}
