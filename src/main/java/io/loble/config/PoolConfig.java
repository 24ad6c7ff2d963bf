package io.loble.config;

import io.loble.model.Algorithm;
import io.loble.model.Outbound;
import io.loble.model.PickRules;
import io.loble.model.TcpSettings;
import java.util.List;

/**
 * A set of backends, with every default of {@code [balancer]}, {@code [health]} and {@code [tcp]}
 * filled in.
 *
 * @param rules how a backend is found for a connection
 * @param resilience what is done about backends that are slow, failing or back
 * @param tcp of the connections to its backends
 * @param backends in the order of the configuration; may be empty
 * @param outbound how the connections to its backends begin
 * @param discovery how it finds further backends
 */
public record PoolConfig(
    String name,
    PickRules rules,
    HealthConfig health,
    Resilience resilience,
    TcpSettings tcp,
    List<BackendConfig> backends,
    Outbound outbound,
    Discovery discovery) {

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
    this(
        name,
        PickRules.of(algorithm, retries),
        health,
        Resilience.OFF,
        tcp,
        backends,
        Outbound.PLAIN,
        Discovery.OFF);
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

  /** How a backend is chosen. */
  public Algorithm algorithm() {
    return rules.algorithm();
  }

  /** How many further backends are tried when a connect fails. */
  public int retries() {
    return rules.retrying().most();
  }

  /** This pool with other backends. */
  public PoolConfig withBackends(List<BackendConfig> others) {
    return new PoolConfig(name, rules, health, resilience, tcp, others, outbound, discovery);
  }

  /** This pool with another algorithm. */
  public PoolConfig withAlgorithm(Algorithm other) {
    return withRules(rules.withAlgorithm(other));
  }

  /** This pool with other rules. */
  public PoolConfig withRules(PickRules others) {
    return new PoolConfig(name, others, health, resilience, tcp, backends, outbound, discovery);
  }

  /** This pool when it does something else about failing backends. */
  public PoolConfig withResilience(Resilience other) {
    return new PoolConfig(name, rules, health, other, tcp, backends, outbound, discovery);
  }

  /** This pool with connections to its backends that begin in another way. */
  public PoolConfig withOutbound(Outbound other) {
    return new PoolConfig(name, rules, health, resilience, tcp, backends, other, discovery);
  }

  /** This pool when it finds further backends in another way. */
  public PoolConfig withDiscovery(Discovery other) {
    return new PoolConfig(name, rules, health, resilience, tcp, backends, outbound, other);
  }

  /** This pool under another name. */
  public PoolConfig named(String newName) {
    return new PoolConfig(newName, rules, health, resilience, tcp, backends, outbound, discovery);
  }
}
