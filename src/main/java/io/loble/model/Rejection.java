package io.loble.model;

import java.util.Locale;

/** Why an accepted client was turned away before a byte was relayed. */
public enum Rejection {
  /** No backend of the pool is in rotation. */
  NO_BACKEND,
  /** Every backend in rotation is at its {@code max_connections}. */
  BACKENDS_FULL,
  /** Every backend that was tried could not be connected to. */
  CONNECT_FAILED,
  /** The process is at {@code limits.max_connections}. */
  LIMIT;

  /** The value of the metric's {@code reason} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
