package io.loble.model;

import java.util.Locale;

/** Why an accepted client was turned away before a byte was relayed. */
public enum Rejection {
  /** No backend of the pool is in rotation. */
  NO_BACKEND,
  /** Every backend in rotation is at its {@code max_connections}. */
  BACKENDS_FULL,
  /** It has waited for room for as long as the pool's {@code queue} allows. */
  QUEUE_TIMEOUT,
  /** Every backend that was tried could not be connected to. */
  CONNECT_FAILED,
  /** The process is at {@code limits.max_connections}. */
  LIMIT,
  /** The listener does not let the client's network in. */
  DENIED,
  /** New connections come to the listener more often than its {@code rate} allows. */
  RATE,
  /** The client is at the {@code max_connections} that the listener allows each. */
  CLIENT_LIMIT,
  /** The client comes more often than the {@code rate} that the listener allows each. */
  CLIENT_RATE,
  /** The listener is at its {@code max_connections}. */
  LISTENER_LIMIT,
  /** An event loop, or the heap, has more to bear than {@code limits} allow. */
  OVERLOAD,
  /** No route takes the client, and the listener has no pool of its own. */
  NO_ROUTE,
  /** What the client had to say first is malformed, or was not complete in time. */
  BAD_PREFACE,
  /** The handshake of TLS with the client has failed. */
  TLS;

  /** The value of the metric's {@code reason} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
