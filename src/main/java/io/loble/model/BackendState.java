package io.loble.model;

import java.util.Locale;

/** Whether a backend takes new connections, and if not, whether it still holds old ones. */
public enum BackendState {
  /** In rotation. */
  HEALTHY,
  /** Out of rotation, while connections made before may go on. */
  DRAINING,
  /** Out of rotation after failures, with no connection left. */
  UNHEALTHY,
  /** Taken out of rotation by its operator, and not probed. */
  MAINTENANCE;

  /** Whether new connections may be sent to a backend in this state. */
  public boolean inRotation() {
    return this == HEALTHY;
  }

  /** The name that the status and the metrics show. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
