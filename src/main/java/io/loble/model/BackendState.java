package io.loble.model;

import java.util.Locale;

/** Whether a backend takes new connections, and if not, whether it still holds old ones. */
public enum BackendState {
  /** In rotation. */
  HEALTHY,
  /** Out of rotation after failures, while connections made before are still open. */
  DRAINING,
  /** Out of rotation, with no connection left. */
  UNHEALTHY;

  /** Whether new connections may be sent to a backend in this state. */
  public boolean inRotation() {
    return this == HEALTHY;
  }

  /** The name that the status and the metrics show. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
