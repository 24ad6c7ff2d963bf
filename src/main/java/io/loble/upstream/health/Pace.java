package io.loble.upstream.health;

/**
 * How fast a backend has answered in one step of learning.
 *
 * @param clientNanos the mean time of clients; 0 when there were too few of them
 * @param probeNanos the time of the last probe that succeeded; 0 when there was none
 * @param forgotten whether neither has told anything for long
 */
public record Pace(double clientNanos, double probeNanos, boolean forgotten) {}
