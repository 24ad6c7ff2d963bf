package io.loble.config;

import io.loble.model.HostPort;
import io.loble.model.TcpSettings;

/**
 * An address to accept clients on.
 *
 * @param name unique among the listeners
 * @param pool the pool that serves its clients
 * @param reusePort whether it may be opened where another process of the same user listens already,
 *     and is handed over to another one when this one stops
 * @param tcp of its clients' connections
 */
public record ListenerConfig(
    String name, HostPort address, String pool, boolean reusePort, TcpSettings tcp) {

  /** A listener of which the configuration says nothing about TCP. */
  public ListenerConfig(String name, HostPort address, String pool, boolean reusePort) {
    this(name, address, pool, reusePort, TcpSettings.DEFAULT);
  }
}
