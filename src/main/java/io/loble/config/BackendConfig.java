package io.loble.config;

import io.loble.model.Address;
import io.loble.model.BackendMode;

/**
 * A server of a pool.
 *
 * @param name unique in its pool
 * @param weight 0 to 256; 0 for no new connections
 * @param maxConnections 0 for no bound
 * @param priority of its level; lower ones are used first, 0 to 99
 * @param mode what is wanted of it; never {@link BackendMode#LEAVING}
 */
public record BackendConfig(
    String name, Address address, int weight, int maxConnections, int priority, BackendMode mode) {

  /** A backend that is to serve. */
  public BackendConfig(String name, Address address, int weight, int maxConnections) {
    this(name, address, weight, maxConnections, BackendMode.READY);
  }

  /** A backend of the first level. */
  public BackendConfig(
      String name, Address address, int weight, int maxConnections, BackendMode mode) {
    this(name, address, weight, maxConnections, 0, mode);
  }
}
