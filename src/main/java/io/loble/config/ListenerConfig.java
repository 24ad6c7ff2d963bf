package io.loble.config;

import io.loble.model.HostPort;

/**
 * An address to accept clients on.
 *
 * @param name unique among the listeners
 * @param pool the pool that serves its clients
 * @param reusePort whether other processes of the same user may listen there as well, and take over
 *     when this one stops
 */
public record ListenerConfig(String name, HostPort address, String pool, boolean reusePort) {}
