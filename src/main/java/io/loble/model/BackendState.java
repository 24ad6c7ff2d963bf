package io.loble.model;

import java.util.Arrays;
import java.util.Locale;

/** Whether a backend takes new connections, and if not, why and whether it still holds old ones. */
public enum BackendState {
  /** In rotation. */
  HEALTHY,
  /** In rotation, with a share that grows, since it has just come or come back. */
  WARMING,
  /** Out of rotation, while connections made before may go on. */
  DRAINING,
  /** Out of rotation after failures, with no connection left. */
  UNHEALTHY,
  /** Out of rotation for how it did with clients, whatever its probes say. */
  EJECTED,
  /** Out of rotation since too many connections to it failed. */
  CIRCUIT_OPEN,
  /** The same, but a few connections are tried. */
  HALF_OPEN,
  /** Taken out of rotation by its operator, and not probed. */
  MAINTENANCE;

  /** Whether new connections may be sent to a backend in this state. */
  public boolean inRotation() {
    return this == HEALTHY || this == WARMING;
  }

  /** Whether that is the label of a state in which new connections may be sent to a backend. */
  public static boolean isInRotation(String label) {
    return Arrays.stream(values()).anyMatch(s -> s.inRotation() && s.label().equals(label));
  }

  /** Whether a backend in this state may be granted connections on trial, probed or not. */
  public boolean isTried() {
    return this == EJECTED || this == HALF_OPEN;
  }

  /** The name that the status and the metrics show. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
