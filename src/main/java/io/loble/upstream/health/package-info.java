/**
 * The health of one backend: a state machine that is pure, the monitor that drives it with probes
 * and outcomes, and the reports in which event loops of the proxy tell outcomes.
 */
package io.loble.upstream.health;
