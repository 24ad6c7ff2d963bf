package io.loble.config;

import io.loble.model.Algorithm;
import java.util.List;

/**
 * A set of backends, with every default of {@code [balancer]} and {@code [health]} filled in.
 *
 * @param retries how many further backends are tried when a connect fails, 0 to 16
 * @param backends in the order of the configuration; may be empty
 */
public record PoolConfig(
    String name,
    Algorithm algorithm,
    int retries,
    HealthConfig health,
    List<BackendConfig> backends) {

  public PoolConfig {
    backends = List.copyOf(backends);
  }

  /** This pool with other backends. */
  public PoolConfig withBackends(List<BackendConfig> others) {
    return new PoolConfig(name, algorithm, retries, health, others);
  }

  /** This pool with another algorithm. */
  public PoolConfig withAlgorithm(Algorithm other) {
    return new PoolConfig(name, other, retries, health, backends);
  }

  /** This pool under another name. */
  public PoolConfig named(String newName) {
    return new PoolConfig(newName, algorithm, retries, health, backends);
  }
}
