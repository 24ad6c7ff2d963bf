package io.loble.model;

import java.util.Locale;

/** Why a connection to a backend could not be made: the {@code reason} of the failure counter. */
public enum ConnectFailure {
  /** The backend's host answered that nothing listens there. */
  REFUSED,
  /** No answer within {@code timeouts.connect}. */
  TIMEOUT,
  /** No route, network or host down. */
  UNREACHABLE,
  /** The host name could not be resolved. */
  RESOLVE,
  /** Anything else, such as no descriptor left in this process. */
  OTHER;

  /** The value of the metric's {@code reason} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
