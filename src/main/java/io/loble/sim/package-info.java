/**
 * What the simulated servers and clients share: their line protocol, the kinds of values that their
 * settings have, and how connections are reset.
 *
 * <p>They know nothing of the balancer.
 */
package io.loble.sim;
