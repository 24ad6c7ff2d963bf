package io.loble.upstream;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A configuration with one pool, by default without active checks, for tests to vary. */
public final class TestConfig {

  public static final String POOL = "web";

  private Duration drain = Duration.ZERO;
  private static final HostPort ANY_PORT = new HostPort("127.0.0.1", 0);
  private static final HttpCheck NO_HTTP = new HttpCheck("/", "", 200, 399);
  private static final ExpectCheck NO_EXPECT = new ExpectCheck("", "");

  private final List<BackendConfig> backends = new ArrayList<>();
  private Duration interval = Duration.ofMillis(20);
  private Duration timeout = Duration.ofSeconds(5);
  private boolean probing;
  private int failureThreshold = 3;
  private int successThreshold = 2;

  public TestConfig backend(String name) {
    return backend(name, 1);
  }

  /** A backend on that loopback port. */
  public TestConfig backend(String name, int port) {
    return weighted(name, port, 1);
  }

  TestConfig weighted(String name, int port, int weight) {
    backends.add(new BackendConfig(name, new HostPort("127.0.0.1", port), weight, 0));
    return this;
  }

  public TestConfig thresholds(int failures, int successes) {
    failureThreshold = failures;
    successThreshold = successes;
    return this;
  }

  TestConfig probing() {
    probing = true;
    return this;
  }

  public TestConfig interval(Duration value) {
    interval = value;
    return this;
  }

  TestConfig timeout(Duration value) {
    timeout = value;
    return this;
  }

  public static HealthConfig rules(int failureThreshold, int successThreshold) {
    return new TestConfig().thresholds(failureThreshold, successThreshold).health();
  }

  public static ActiveCheck http(Duration timeout, HttpCheck check) {
    return new ActiveCheck(true, CheckType.HTTP, timeout, timeout, 0, check, NO_EXPECT);
  }

  public static ActiveCheck expect(Duration timeout, String send, String expect) {
    ExpectCheck check = new ExpectCheck(send, expect);
    return new ActiveCheck(true, CheckType.EXPECT, timeout, timeout, 0, NO_HTTP, check);
  }

  public static ActiveCheck tcp(Duration timeout) {
    return new ActiveCheck(true, CheckType.TCP, timeout, timeout, 0, NO_HTTP, NO_EXPECT);
  }

  private HealthConfig health() {
    ActiveCheck check =
        new ActiveCheck(probing, CheckType.TCP, interval, timeout, 0.1, NO_HTTP, NO_EXPECT);
    return new HealthConfig(failureThreshold, successThreshold, check);
  }

  TestConfig drain(Duration value) {
    drain = value;
    return this;
  }

  public LobleConfig build() {
    PoolConfig pool = new PoolConfig(POOL, Algorithm.ROUND_ROBIN, 1, health(), backends);
    return new LobleConfig(
        "test",
        List.of(new ListenerConfig("default", ANY_PORT, POOL, false)),
        Map.of(POOL, pool),
        new Timeouts(Duration.ofSeconds(5), Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, drain),
        ShutdownConfig.IMMEDIATE,
        new Limits(0, 0),
        new AdminConfig(ANY_PORT, ""),
        new MetricsConfig(true, ANY_PORT),
        new LoggingConfig(Level.INFO, Format.TEXT, false));
  }
}
