package io.loble.config;

import io.loble.model.HostPort;

/**
 * Where the HTTP control interface listens.
 *
 * @param tokenFile a file with the bearer token that {@code /api} asks for; empty for none, which
 *     is allowed on a loopback address only
 */
public record AdminConfig(HostPort address, String tokenFile) {}
