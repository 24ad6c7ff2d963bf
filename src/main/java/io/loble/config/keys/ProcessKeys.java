package io.loble.config.keys;

import io.loble.config.Limits;
import io.loble.config.LoggingConfig;
import io.loble.config.LoggingConfig.Format;
import io.loble.config.LoggingConfig.Level;
import io.loble.config.MetricsConfig;
import io.loble.config.ShutdownConfig;
import io.loble.config.Timeouts;
import io.loble.config.read.AddressScalars;
import io.loble.config.read.Field;
import io.loble.config.read.Scalars;
import io.loble.config.read.Section;
import io.loble.model.HostPort;
import java.time.Duration;
import java.util.function.Function;

/** The keys of the tables that are about the process as a whole. */
final class ProcessKeys {

  private static final Field<Timeouts, Duration> CONNECT =
      Field.optional(
          "connect",
          Scalars.durationOfAtLeast(Duration.ofMillis(1)),
          Timeouts::connect,
          Duration.ofSeconds(5));
  private static final Field<Timeouts, Duration> IDLE =
      timeout("idle", Timeouts::idle, Duration.ofMinutes(5));
  private static final Field<Timeouts, Duration> HALF_CLOSED =
      timeout("half_closed", Timeouts::halfClosed, Duration.ofMinutes(1));
  private static final Field<Timeouts, Duration> MAX_DURATION =
      timeout("max_duration", Timeouts::maxDuration, Duration.ZERO);
  private static final Field<Timeouts, Double> MAX_DURATION_JITTER =
      Field.optional(
          "max_duration_jitter",
          Scalars.decimal(0, 0.5),
          Timeouts::maxDurationJitter,
          Timeouts.DEFAULT_JITTER);
  private static final Field<Timeouts, Duration> HANDSHAKE =
      Field.optional(
          "handshake",
          Scalars.durationOfAtLeast(Duration.ofMillis(1)),
          Timeouts::handshake,
          Timeouts.DEFAULT_HANDSHAKE);
  private static final Field<Timeouts, Duration> DRAIN =
      timeout("drain", Timeouts::drain, Duration.ofSeconds(30));

  static final Section<Timeouts> TIMEOUTS =
      new Section<>(
          v ->
              new Timeouts(
                  v.get(CONNECT),
                  v.get(IDLE),
                  v.get(HALF_CLOSED),
                  v.get(MAX_DURATION),
                  v.get(MAX_DURATION_JITTER),
                  v.get(HANDSHAKE),
                  v.get(DRAIN)),
          CONNECT,
          IDLE,
          HALF_CLOSED,
          MAX_DURATION,
          MAX_DURATION_JITTER,
          HANDSHAKE,
          DRAIN);

  private static final Field<ShutdownConfig, Duration> DELAY =
      Field.optional(
          "delay", Scalars.duration(), ShutdownConfig::delay, ShutdownConfig.IMMEDIATE.delay());

  static final Section<ShutdownConfig> SHUTDOWN =
      new Section<>(v -> new ShutdownConfig(v.get(DELAY)), DELAY);

  private static final Field<Limits, Integer> MAX_CONNECTIONS =
      Field.optional("max_connections", Scalars.atLeast(0), Limits::maxConnections, 0);
  private static final Field<Limits, Integer> MAX_PIPES =
      Field.optional("max_pipes", Scalars.atLeast(0), Limits::maxPipes, Limits.DEFAULT_MAX_PIPES);
  private static final Field<Limits, Duration> OVERLOAD_LAG =
      Field.optional("overload_lag", Scalars.duration(), Limits::overloadLag, Duration.ZERO);
  private static final Field<Limits, Double> OVERLOAD_HEAP =
      Field.optional("overload_heap", Scalars.decimal(0, 1), Limits::overloadHeap, 0.0);

  static final Section<Limits> LIMITS =
      new Section<>(
          v ->
              new Limits(
                  v.get(MAX_CONNECTIONS),
                  v.get(MAX_PIPES),
                  v.get(OVERLOAD_LAG),
                  v.get(OVERLOAD_HEAP)),
          MAX_CONNECTIONS,
          MAX_PIPES,
          OVERLOAD_LAG,
          OVERLOAD_HEAP);

  static final Field<MetricsConfig, Boolean> METRICS_ENABLED =
      Field.optional("enabled", Scalars.bool(), MetricsConfig::enabled, true);
  static final Field<MetricsConfig, HostPort> METRICS_ADDRESS =
      Field.optional(
          "address",
          AddressScalars.bindAddress(),
          MetricsConfig::address,
          AdminKeys.DEFAULT_ADDRESS);

  static final Section<MetricsConfig> METRICS =
      new Section<>(
          v -> new MetricsConfig(v.get(METRICS_ENABLED), v.get(METRICS_ADDRESS)),
          METRICS_ENABLED,
          METRICS_ADDRESS);

  private static final Field<LoggingConfig, Level> LEVEL =
      Field.optional("level", Scalars.choice(Level.class), LoggingConfig::level, Level.INFO);
  private static final Field<LoggingConfig, Format> FORMAT =
      Field.optional("format", Scalars.choice(Format.class), LoggingConfig::format, Format.TEXT);
  private static final Field<LoggingConfig, Boolean> ACCESS =
      Field.optional("access", Scalars.bool(), LoggingConfig::access, false);

  static final Section<LoggingConfig> LOGGING =
      new Section<>(
          v -> new LoggingConfig(v.get(LEVEL), v.get(FORMAT), v.get(ACCESS)),
          LEVEL,
          FORMAT,
          ACCESS);

  private ProcessKeys() {}

  private static Field<Timeouts, Duration> timeout(
      String name, Function<Timeouts, Duration> getter, Duration fallback) {
    return Field.optional(name, Scalars.duration(), getter, fallback);
  }
}
