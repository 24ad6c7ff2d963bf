package io.loble.config;

/** The names of tables that more than one class knows. */
final class Tables {

  static final String LISTENER = "listener";
  static final String LISTENERS = "listeners";
  static final String BACKENDS = "backends";
  static final String POOLS = "pools";
  static final String BALANCER = "balancer";
  static final String HEALTH = "health";
  static final String TCP = "tcp";

  /** The listener that {@code [listener]} is, and the pool that {@code [[backends]]} are in. */
  static final String DEFAULT = "default";

  private Tables() {}
}
