package io.loble.config.keys;

import io.loble.config.Circuit;
import io.loble.config.Ejection;
import io.loble.config.Ejection.SuccessRate;
import io.loble.config.PoolConfig;
import io.loble.config.Resilience;
import io.loble.config.read.Field;
import io.loble.config.read.Problems;
import io.loble.config.read.Scalars;
import io.loble.config.read.Section;
import io.loble.config.read.Values;
import java.time.Duration;
import java.util.function.Function;

/** The keys of {@code [pools.NAME]} for backends that are slow, failing or back. */
final class ResilienceKeys {

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final double MOST_TIMES = 1_000;

  static final Field<PoolConfig, Duration> SLOW_START =
      Field.optional(
          "slow_start",
          Scalars.durationUpTo(Duration.ofHours(1)),
          pool -> pool.resilience().slowStart(),
          Duration.ZERO);
  static final Field<PoolConfig, Double> PANIC_THRESHOLD =
      Field.optional(
          "panic_threshold",
          Scalars.decimal(0, 1),
          pool -> pool.resilience().panicThreshold(),
          0.0);

  private static final Field<SuccessRate, Integer> MINIMUM_CONNECTIONS =
      Field.optional(
          "minimum_connections",
          Scalars.atLeast(1),
          SuccessRate::minimumConnections,
          Ejection.OFF.successRate().minimumConnections());
  private static final Field<SuccessRate, Double> STANDARD_DEVIATIONS =
      Field.optional(
          "standard_deviations",
          Scalars.decimal(0, MOST_TIMES),
          SuccessRate::standardDeviations,
          Ejection.OFF.successRate().standardDeviations());

  private static final Field<Ejection, Boolean> EJECTS =
      Field.optional("enabled", Scalars.bool(), Ejection::enabled, Ejection.OFF.enabled());
  private static final Field<Ejection, Integer> CONSECUTIVE_FAILURES =
      Field.optional(
          "consecutive_failures",
          Scalars.atLeast(1),
          Ejection::consecutiveFailures,
          Ejection.OFF.consecutiveFailures());
  private static final Field<Ejection, Integer> EARLY_CLOSE =
      Field.optional(
          "early_close", Scalars.atLeast(1), Ejection::earlyClose, Ejection.OFF.earlyClose());
  private static final Field<Ejection, Duration> EARLY_CLOSE_TIME =
      time("early_close_time", Ejection::earlyCloseTime);
  private static final Field<Ejection, SuccessRate> SUCCESS_RATE =
      Field.section(
          "success_rate",
          new Section<>(
              v -> new SuccessRate(v.get(MINIMUM_CONNECTIONS), v.get(STANDARD_DEVIATIONS)),
              MINIMUM_CONNECTIONS,
              STANDARD_DEVIATIONS),
          Ejection::successRate);
  private static final Field<Ejection, Double> SLOW =
      Field.optional(
          "slow", Scalars.decimalOrZero(1, MOST_TIMES), Ejection::slow, Ejection.OFF.slow());
  private static final Field<Ejection, Duration> INTERVAL =
      Field.optional(
          "interval",
          Scalars.durationOfAtLeast(Duration.ofMillis(100)),
          Ejection::interval,
          Ejection.OFF.interval());
  private static final Field<Ejection, Duration> BASE_TIME = time("base_time", Ejection::baseTime);
  private static final Field<Ejection, Duration> MAX_TIME = time("max_time", Ejection::maxTime);
  private static final Field<Ejection, Double> MAX_SHARE =
      Field.optional(
          "max_share", Scalars.decimal(0, 1), Ejection::maxShare, Ejection.OFF.maxShare());

  static final Field<PoolConfig, Ejection> EJECTION =
      Field.section(
          "ejection",
          new Section<>(
              ResilienceKeys::ejection,
              ResilienceKeys::timesFit,
              EJECTS,
              CONSECUTIVE_FAILURES,
              EARLY_CLOSE,
              EARLY_CLOSE_TIME,
              SUCCESS_RATE,
              SLOW,
              INTERVAL,
              BASE_TIME,
              MAX_TIME,
              MAX_SHARE),
          pool -> pool.resilience().ejection());

  private static final Field<Circuit, Boolean> BREAKS =
      Field.optional("enabled", Scalars.bool(), Circuit::enabled, Circuit.OFF.enabled());
  private static final Field<Circuit, Double> FAILURE_RATE =
      Field.optional(
          "failure_rate",
          Scalars.decimal(0.01, 1),
          Circuit::failureRate,
          Circuit.OFF.failureRate());
  private static final Field<Circuit, Integer> WINDOW =
      Field.optional("window", Scalars.between(1, 10_000), Circuit::window, Circuit.OFF.window());
  private static final Field<Circuit, Duration> OPEN_TIME =
      Field.optional(
          "open_time",
          Scalars.durationOfAtLeast(SHORTEST),
          Circuit::openTime,
          Circuit.OFF.openTime());
  private static final Field<Circuit, Integer> HALF_OPEN_CONNECTIONS =
      Field.optional(
          "half_open_connections",
          Scalars.between(1, 1_000),
          Circuit::halfOpenConnections,
          Circuit.OFF.halfOpenConnections());

  static final Field<PoolConfig, Circuit> CIRCUIT =
      Field.section(
          "circuit",
          new Section<>(
              v ->
                  new Circuit(
                      v.get(BREAKS),
                      v.get(FAILURE_RATE),
                      v.get(WINDOW),
                      v.get(OPEN_TIME),
                      v.get(HALF_OPEN_CONNECTIONS)),
              BREAKS,
              FAILURE_RATE,
              WINDOW,
              OPEN_TIME,
              HALF_OPEN_CONNECTIONS),
          pool -> pool.resilience().circuit());

  private ResilienceKeys() {}

  private static Field<Ejection, Duration> time(String name, Function<Ejection, Duration> getter) {
    return Field.optional(
        name, Scalars.durationOfAtLeast(SHORTEST), getter, getter.apply(Ejection.OFF));
  }

  static Resilience resilience(Values<PoolConfig> v) {
    return new Resilience(
        v.get(SLOW_START), v.get(PANIC_THRESHOLD), v.get(EJECTION), v.get(CIRCUIT));
  }

  private static Ejection ejection(Values<Ejection> v) {
    return new Ejection(
        v.get(EJECTS),
        v.get(CONSECUTIVE_FAILURES),
        v.get(EARLY_CLOSE),
        v.get(EARLY_CLOSE_TIME),
        v.get(SUCCESS_RATE),
        v.get(SLOW),
        v.get(INTERVAL),
        v.get(BASE_TIME),
        v.get(MAX_TIME),
        v.get(MAX_SHARE));
  }

  private static void timesFit(Values<Ejection> values, Problems problems) {
    if (values.get(MAX_TIME).compareTo(values.get(BASE_TIME)) < 0) {
      problems.add(values.place(MAX_TIME), "must be no less than base_time");
    }
  }
}
