package io.loble.config;

import io.loble.model.Algorithm;
import io.loble.model.Outbound;
import io.loble.model.TcpSettings;
import java.util.List;

/**
 * A set of backends, with every default of {@code [balancer]}, {@code [health]} and {@code [tcp]}
 * filled in.
 *
 * @param retries how many further backends are tried when a connect fails, 0 to 16
 * @param tcp of the connections to its backends
 * @param backends in the order of the configuration; may be empty
 * @param outbound how the connections to its backends begin
 */
public record PoolConfig(
    String name,
    Algorithm algorithm,
    int retries,
    HealthConfig health,
    TcpSettings tcp,
    List<BackendConfig> backends,
    Outbound outbound) {

  public PoolConfig {
    backends = List.copyOf(backends);
  }

  /** A pool of which the configuration does not say how connections to its backends begin. */
  public PoolConfig(
      String name,
      Algorithm algorithm,
      int retries,
      HealthConfig health,
      TcpSettings tcp,
      List<BackendConfig> backends) {
    this(name, algorithm, retries, health, tcp, backends, Outbound.PLAIN);
  }

  /** A pool of which the configuration says nothing about TCP either. */
  public PoolConfig(
      String name,
      Algorithm algorithm,
      int retries,
      HealthConfig health,
      List<BackendConfig> backends) {
    this(name, algorithm, retries, health, TcpSettings.DEFAULT, backends);
  }

  /** This pool with other backends. */
  public PoolConfig withBackends(List<BackendConfig> others) {
    return new PoolConfig(name, algorithm, retries, health, tcp, others, outbound);
  }

  /** This pool with another algorithm. */
  public PoolConfig withAlgorithm(Algorithm other) {
    return new PoolConfig(name, other, retries, health, tcp, backends, outbound);
  }

  /** This pool with connections to its backends that begin in another way. */
  public PoolConfig withOutbound(Outbound other) {
    return new PoolConfig(name, algorithm, retries, health, tcp, backends, other);
  }

  /** This pool under another name. */
  public PoolConfig named(String newName) {
    return new PoolConfig(newName, algorithm, retries, health, tcp, backends, outbound);
  }
}
