package io.loble.config.keys;

import io.loble.config.PoolConfig;
import io.loble.config.read.Field;
import io.loble.config.read.Scalars;
import io.loble.config.read.Section;
import io.loble.config.read.Values;
import io.loble.model.Algorithm;
import io.loble.model.Balancing;
import io.loble.model.HashOn;
import io.loble.model.LearningRange;

/** The keys of {@code [pools.NAME]} that algorithms have for themselves. */
final class BalancingKeys {

  private static final double MOST = 100;
  private static final double LEAST_PART = 0.01;

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

  private static final Field<LearningRange, Double> MIN =
      Field.optional(
          "min", Scalars.decimal(LEAST_PART, 1), LearningRange::min, LearningRange.DEFAULT.min());
  private static final Field<LearningRange, Double> MAX =
      Field.optional(
          "max", Scalars.decimal(1, MOST), LearningRange::max, LearningRange.DEFAULT.max());
  static final Field<PoolConfig, LearningRange> LEARNING =
      Field.section(
          "adaptive",
          new Section<>(v -> new LearningRange(v.get(MIN), v.get(MAX)), MIN, MAX),
          pool -> pool.rules().balancing().learning());

  private BalancingKeys() {}

  static Balancing balancing(Values<PoolConfig> v, Algorithm algorithm) {
    return new Balancing(algorithm, v.get(HASH_ON), v.get(BALANCE_FACTOR), v.get(LEARNING));
  }
}
