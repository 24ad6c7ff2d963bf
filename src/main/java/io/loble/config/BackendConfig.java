package io.loble.config;

import io.loble.model.HostPort;

/**
 * A server of a pool.
 *
 * @param name unique in its pool
 * @param weight 1 to 256
 * @param maxConnections 0 for no bound
 */
public record BackendConfig(String name, HostPort address, int weight, int maxConnections) {}
