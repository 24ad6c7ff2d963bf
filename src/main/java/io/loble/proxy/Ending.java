package io.loble.proxy;

import java.util.Locale;

/** How a connection ended, in the words of the access log. */
public enum Ending {
  /** Both sides closed and every byte was relayed. */
  DONE,
  /** The client reset the connection. */
  CLIENT_RESET,
  /** The backend reset the connection. */
  BACKEND_RESET,
  /** No byte either way for {@code timeouts.idle}. */
  IDLE_TIMEOUT,
  /** One side had closed, the other said nothing for {@code timeouts.half_closed}. */
  HALF_CLOSED_TIMEOUT,
  /** The connection was as old as {@code timeouts.max_duration}. */
  MAX_DURATION,
  /** The process was stopping, or the listener or backend removed, and its time ran out. */
  DRAIN_CUT,
  /** It was quiet, and its backend had more than its share of connections. */
  REBALANCED,
  /** A command closed this one connection. */
  CLOSED,
  /** The client was turned away, see {@link io.loble.model.Rejection}. */
  REJECTED;

  /** As the access log prints it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
