package io.loble.config.keys;

import io.loble.config.BackendConfig;
import io.loble.config.HealthConfig;
import io.loble.config.PoolConfig;
import io.loble.config.read.AddressScalars;
import io.loble.config.read.Field;
import io.loble.config.read.Names;
import io.loble.config.read.Problems;
import io.loble.config.read.Scalars;
import io.loble.config.read.Section;
import io.loble.config.read.TableList;
import io.loble.config.read.Values;
import io.loble.model.Address;
import io.loble.model.Algorithm;
import io.loble.model.BackendMode;
import io.loble.model.PickRules;
import io.loble.model.TcpSettings;
import java.util.List;

/** The keys of {@code [balancer]}, {@code [pools.NAME]} and {@code [[backends]]}. */
public final class PoolKeys {

  /** The pool that {@code [[backends]]} and listeners without a pool belong to. */
  static final String DEFAULT_POOL = "default";

  /** What a pool takes from {@code [balancer]}. */
  record Balancer(Algorithm algorithm, int retries) {}

  static final Field<BackendConfig, Address> ADDRESS =
      Field.required("address", AddressScalars.backendAddress(), BackendConfig::address);
  static final Field<BackendConfig, String> NAME =
      Field.optional(
          "name",
          Scalars.text("a string, " + Names.RULE, Names::isUsable),
          BackendConfig::name,
          "");
  private static final Field<BackendConfig, Integer> WEIGHT =
      Field.optional("weight", Scalars.between(0, 256), BackendConfig::weight, 1);
  private static final Field<BackendConfig, Integer> MAX_CONNECTIONS =
      Field.optional("max_connections", Scalars.atLeast(0), BackendConfig::maxConnections, 0);
  private static final Field<BackendConfig, Integer> PRIORITY =
      Field.optional("priority", Scalars.between(0, 99), BackendConfig::priority, 0);
  private static final Field<BackendConfig, BackendMode> STATE =
      Field.optional(
          "state",
          Scalars.choice(List.of(BackendMode.READY, BackendMode.DRAIN, BackendMode.MAINTENANCE)),
          BackendConfig::mode,
          BackendMode.READY);

  public static final Section<BackendConfig> BACKEND =
      new Section<>(
          PoolKeys::backend,
          PoolKeys::checkName,
          NAME,
          ADDRESS,
          WEIGHT,
          MAX_CONNECTIONS,
          PRIORITY,
          STATE);

  private static final Field<Balancer, Algorithm> DEFAULT_ALGORITHM =
      Field.optional("algorithm", Scalars.algorithm(), Balancer::algorithm, Algorithm.ROUND_ROBIN);
  private static final Field<Balancer, Integer> DEFAULT_RETRIES =
      Field.optional("retries", Scalars.between(0, 16), Balancer::retries, 1);

  public static final Section<Balancer> BALANCER =
      new Section<>(
          v -> new Balancer(v.get(DEFAULT_ALGORITHM), v.get(DEFAULT_RETRIES)),
          DEFAULT_ALGORITHM,
          DEFAULT_RETRIES);

  private static final Field<PoolConfig, Algorithm> ALGORITHM =
      Field.optional(
          "algorithm", Scalars.algorithm(), PoolConfig::algorithm, Algorithm.ROUND_ROBIN);
  private static final Field<PoolConfig, Integer> RETRIES =
      Field.optional("retries", Scalars.between(0, 16), PoolConfig::retries, 1);
  private static final Field<PoolConfig, HealthConfig> HEALTH =
      Field.section("health", HealthKeys.HEALTH, PoolConfig::health);
  private static final Field<PoolConfig, TcpSettings> TCP =
      Field.section(Tables.TCP, TcpKeys.TCP, PoolConfig::tcp);
  private static final Field<PoolConfig, List<BackendConfig>> BACKENDS =
      Field.optional(
          "backends",
          new TableList<>(BACKEND, List.of(ADDRESS, NAME)),
          PoolConfig::backends,
          List.of());

  public static final Section<PoolConfig> POOL =
      new Section<>(
          PoolKeys::pool,
          PoolKeys::check,
          ALGORITHM,
          BalancingKeys.HASH_ON,
          BalancingKeys.BALANCE_FACTOR,
          BalancingKeys.LEARNING,
          RETRIES,
          RetryKeys.BACKOFF,
          RetryKeys.BUDGET,
          RetryKeys.QUEUE,
          ResilienceKeys.SLOW_START,
          ResilienceKeys.PANIC_THRESHOLD,
          ResilienceKeys.EJECTION,
          ResilienceKeys.CIRCUIT,
          OutboundKeys.SEND_PROXY,
          OutboundKeys.SOURCE,
          PoolTlsKeys.POOL_TLS,
          PoolHttpKeys.POOL_HTTP,
          PoolHttpKeys.COOKIE,
          HEALTH,
          TCP,
          DiscoveryKeys.DISCOVER,
          BACKENDS);

  private PoolKeys() {}

  private static PoolConfig pool(Values<PoolConfig> v) {
    return new PoolConfig(
        "",
        new PickRules(
            BalancingKeys.balancing(v, v.get(ALGORITHM)),
            RetryKeys.retrying(v, v.get(RETRIES)),
            v.get(RetryKeys.QUEUE)),
        v.get(HEALTH),
        ResilienceKeys.resilience(v),
        v.get(TCP),
        v.get(BACKENDS),
        OutboundKeys.outbound(v),
        v.get(DiscoveryKeys.DISCOVER));
  }

  private static void check(Values<PoolConfig> values, Problems problems) {
    PoolTlsKeys.checkPool(values, BACKENDS, problems);
    PoolHttpKeys.checkPool(values, problems);
  }

  private static void checkName(Values<BackendConfig> values, Problems problems) {
    String address = values.get(ADDRESS).toString();
    if (values.get(NAME).isEmpty() && !Names.isUsable(address)) {
      problems.add(
          values.place(ADDRESS), "is too long for a name; give the backend another with name");
    }
  }

  private static BackendConfig backend(Values<BackendConfig> v) {
    Address address = v.get(ADDRESS);
    String name = v.get(NAME).isEmpty() ? address.toString() : v.get(NAME);
    return new BackendConfig(
        name, address, v.get(WEIGHT), v.get(MAX_CONNECTIONS), v.get(PRIORITY), v.get(STATE));
  }
}
