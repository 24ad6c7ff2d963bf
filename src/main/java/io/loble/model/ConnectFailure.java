package io.loble.model;

import java.util.Locale;

/** Why a connection to a backend could not be made: the {@code reason} of the failure counter. */
public enum ConnectFailure {
  /** The backend's host answered that nothing listens there; of a Unix socket, it is not there. */
  REFUSED,
  /** No answer within {@code timeouts.connect}. */
  TIMEOUT,
  /** No route, network or host down. */
  UNREACHABLE,
  /** The host name could not be resolved. */
  RESOLVE,
  /**
   * This process or machine lacks what a connection needs: descriptors, local ports, memory. Says
   * nothing about the backend.
   */
  NO_RESOURCES,
  /** The backend is a listener of this process that leads back to its pool. */
  LOOP,
  /** The backend was connected to, but the handshake of TLS has failed. */
  TLS,
  /** Anything else, such as a local firewall that forbids it. Says nothing about the backend. */
  OTHER;

  /** The value of the metric's {@code reason} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it tells that the backend does not do its work. */
  public boolean blamesBackend() {
    return this != NO_RESOURCES && this != OTHER;
  }
}
