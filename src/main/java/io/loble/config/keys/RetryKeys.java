package io.loble.config.keys;

import io.loble.config.PoolConfig;
import io.loble.config.read.Field;
import io.loble.config.read.Scalars;
import io.loble.config.read.Section;
import io.loble.config.read.Values;
import io.loble.model.QueueLimits;
import io.loble.model.Retrying;
import java.time.Duration;

/** The keys of {@code [pools.NAME]} for clients that cannot be connected at once. */
final class RetryKeys {

  static final Field<PoolConfig, Duration> BACKOFF =
      Field.optional(
          "retry_backoff",
          Scalars.durationUpTo(Duration.ofSeconds(1)),
          pool -> pool.rules().retrying().backoff(),
          Duration.ZERO);
  static final Field<PoolConfig, Double> BUDGET =
      Field.optional(
          "retry_budget", Scalars.decimal(0, 1), pool -> pool.rules().retrying().budget(), 0.2);

  private static final Field<QueueLimits, Integer> MAX =
      Field.optional("max", Scalars.atLeast(0), QueueLimits::max, QueueLimits.NONE.max());
  private static final Field<QueueLimits, Duration> TIMEOUT =
      Field.optional(
          "timeout",
          Scalars.durationOfAtLeast(Duration.ofMillis(1)),
          QueueLimits::timeout,
          QueueLimits.NONE.timeout());
  static final Field<PoolConfig, QueueLimits> QUEUE =
      Field.section(
          "queue",
          new Section<>(v -> new QueueLimits(v.get(MAX), v.get(TIMEOUT)), MAX, TIMEOUT),
          pool -> pool.rules().queue());

  private RetryKeys() {}

  static Retrying retrying(Values<PoolConfig> v, int retries) {
    return new Retrying(retries, v.get(BACKOFF), v.get(BUDGET));
  }
}
