package io.loble.config;

import io.loble.model.HostPort;

/**
 * Whether and where metrics are served.
 *
 * @param enabled whether {@code /metrics} answers
 * @param address the admin address, or another one that then serves {@code /metrics}, {@code
 *     /livez} and {@code /readyz} only
 */
public record MetricsConfig(boolean enabled, HostPort address) {}
