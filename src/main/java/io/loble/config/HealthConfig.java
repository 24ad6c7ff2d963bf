package io.loble.config;

/**
 * When a backend leaves the rotation and when it returns.
 *
 * @param failureThreshold consecutive failures before it leaves, 1 or more
 * @param successThreshold consecutive successes before it returns, 1 or more
 * @param active how it is probed
 */
public record HealthConfig(int failureThreshold, int successThreshold, ActiveCheck active) {}
