package io.loble.config;

import io.loble.model.HostPort;

/**
 * An address to accept clients on.
 *
 * @param name unique among the listeners
 * @param pool the pool that serves its clients
 */
public record ListenerConfig(String name, HostPort address, String pool) {}
