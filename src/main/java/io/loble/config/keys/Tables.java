package io.loble.config.keys;

/** The names of tables that more than one class knows. */
public final class Tables {

  public static final String LISTENER = "listener";
  public static final String LISTENERS = "listeners";
  public static final String BACKENDS = "backends";
  public static final String POOLS = "pools";
  public static final String BALANCER = "balancer";
  public static final String HEALTH = "health";
  public static final String TCP = "tcp";

  /** The listener that {@code [listener]} is, and the pool that {@code [[backends]]} are in. */
  public static final String DEFAULT = "default";

  private Tables() {}
}
