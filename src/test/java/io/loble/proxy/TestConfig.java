package io.loble.proxy;

import io.loble.config.ActiveCheck;
import io.loble.config.ActiveCheck.CheckType;
import io.loble.config.ActiveCheck.ExpectCheck;
import io.loble.config.ActiveCheck.HttpCheck;
import io.loble.config.AdminConfig;
import io.loble.config.BackendConfig;
import io.loble.config.HealthConfig;
import io.loble.config.Limits;
import io.loble.config.ListenerConfig;
import io.loble.config.LobleConfig;
import io.loble.config.LoggingConfig;
import io.loble.config.LoggingConfig.Format;
import io.loble.config.LoggingConfig.Level;
import io.loble.config.MetricsConfig;
import io.loble.config.PoolConfig;
import io.loble.config.ShutdownConfig;
import io.loble.config.Timeouts;
import io.loble.model.Algorithm;
import io.loble.model.HostPort;
import io.loble.model.TcpSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A configuration with one listener on a free loopback port, for tests to vary. */
final class TestConfig {

  private static final HostPort ANY_PORT = new HostPort("127.0.0.1", 0);

  private final List<BackendConfig> backends = new ArrayList<>();
  private Algorithm algorithm = Algorithm.ROUND_ROBIN;
  private int retries = 1;
  private int maxConnections;
  private int maxPipes = Limits.DEFAULT_MAX_PIPES;
  private int failureThreshold = 3;
  private boolean probing;
  private Duration probeInterval = Duration.ofMillis(50);
  private Duration connect = Duration.ofSeconds(5);
  private Duration idle = Duration.ofMinutes(5);
  private Duration halfClosed = Duration.ofMinutes(1);
  private Duration maxDuration = Duration.ZERO;
  private double maxDurationJitter;
  private TcpSettings ofListener = TcpSettings.DEFAULT;
  private TcpSettings ofPool = TcpSettings.DEFAULT;
  private Duration drain = Duration.ofSeconds(30);

  TestConfig backend(int port) {
    return backend("127.0.0.1", port, 1, 0);
  }

  TestConfig backend(String host, int port, int weight, int limit) {
    backends.add(new BackendConfig(host + ":" + port, new HostPort(host, port), weight, limit));
    return this;
  }

  TestConfig algorithm(Algorithm value) {
    algorithm = value;
    return this;
  }

  TestConfig retries(int value) {
    retries = value;
    return this;
  }

  TestConfig maxConnections(int value) {
    maxConnections = value;
    return this;
  }

  TestConfig maxPipes(int value) {
    maxPipes = value;
    return this;
  }

  TestConfig failureThreshold(int value) {
    failureThreshold = value;
    return this;
  }

  TestConfig probing(Duration interval) {
    probing = true;
    probeInterval = interval;
    return this;
  }

  TestConfig trialsEvery(Duration interval) {
    probing = false;
    probeInterval = interval;
    return this;
  }

  TestConfig connect(Duration value) {
    connect = value;
    return this;
  }

  TestConfig idle(Duration value) {
    idle = value;
    return this;
  }

  TestConfig halfClosed(Duration value) {
    halfClosed = value;
    return this;
  }

  TestConfig maxDuration(Duration value) {
    maxDuration = value;
    return this;
  }

  TestConfig maxDurationJitter(double value) {
    maxDurationJitter = value;
    return this;
  }

  TestConfig drain(Duration value) {
    drain = value;
    return this;
  }

  TestConfig tcp(TcpSettings listener, TcpSettings pool) {
    ofListener = listener;
    ofPool = pool;
    return this;
  }

  LobleConfig build() {
    ActiveCheck check =
        new ActiveCheck(
            probing,
            CheckType.TCP,
            probeInterval,
            Duration.ofSeconds(1),
            0.1,
            new HttpCheck("/", "", 200, 399),
            new ExpectCheck("", ""));
    PoolConfig pool =
        new PoolConfig(
            "default",
            algorithm,
            retries,
            new HealthConfig(failureThreshold, 2, check),
            ofPool,
            backends);
    return new LobleConfig(
        "test",
        List.of(new ListenerConfig("default", ANY_PORT, "default", false, ofListener)),
        Map.of("default", pool),
        new Timeouts(connect, idle, halfClosed, maxDuration, maxDurationJitter, drain),
        ShutdownConfig.IMMEDIATE,
        new Limits(maxConnections, maxPipes),
        new AdminConfig(ANY_PORT, ""),
        new MetricsConfig(true, ANY_PORT),
        new LoggingConfig(Level.INFO, Format.TEXT, true));
  }
}
