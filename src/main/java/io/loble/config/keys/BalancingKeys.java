package io.loble.config.keys;

import io.loble.config.PoolConfig;
import io.loble.config.read.Field;
import io.loble.config.read.Scalars;
import io.loble.config.read.Section;
import io.loble.config.read.Values;
import io.loble.model.Algorithm;
import io.loble.model.Balancing;
import io.loble.model.HashOn;

/** The keys of {@code [pools.NAME]} that algorithms have for themselves. */
final class BalancingKeys {

  private static final double MOST = 100;

  private record Adaptive(double min, double max) {}

  static final Field<PoolConfig, HashOn> HASH_ON =
      Field.optional(
          "hash_on",
          Scalars.choice(HashOn.class),
          pool -> pool.rules().balancing().hashOn(),
          HashOn.CLIENT);
  static final Field<PoolConfig, Double> BALANCE_FACTOR =
      Field.optional(
          "balance_factor",
          Scalars.decimalOrZero(1, MOST),
          pool -> pool.rules().balancing().balanceFactor(),
          0.0);

  private static final Field<Adaptive, Double> MIN =
      Field.optional("min", Scalars.decimal(0.01, 1), Adaptive::min, 0.2);
  private static final Field<Adaptive, Double> MAX =
      Field.optional("max", Scalars.decimal(1, MOST), Adaptive::max, 2.0);
  static final Field<PoolConfig, Adaptive> ADAPTIVE =
      Field.section(
          "adaptive",
          new Section<>(v -> new Adaptive(v.get(MIN), v.get(MAX)), MIN, MAX),
          pool ->
              new Adaptive(
                  pool.rules().balancing().adaptiveMin(), pool.rules().balancing().adaptiveMax()));

  private BalancingKeys() {}

  static Balancing balancing(Values<PoolConfig> v, Algorithm algorithm) {
    Adaptive adaptive = v.get(ADAPTIVE);
    return new Balancing(
        algorithm, v.get(HASH_ON), v.get(BALANCE_FACTOR), adaptive.min(), adaptive.max());
  }
}
