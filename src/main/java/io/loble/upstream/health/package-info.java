/**
 * The health of one backend: the monitor that drives it with probes and outcomes, and the reports
 * in which event loops of the proxy tell outcomes.
 *
 * <p>What keeps connections from a backend are pure parts, without a clock: {@code BackendHealth}
 * (failures in a row), {@code EjectionRecord} and {@code Outliers}, {@code CircuitBreaker}, {@code
 * WarmUp}, {@code Learning} (weights). {@code Impairment} says what they come to together. {@code
 * TrafficHealth} and {@code SlowStart} drive them by a {@code Clock}, which tests replace.
 */
package io.loble.upstream.health;
