/**
 * The simulators: servers to balance over and clients to load with.
 *
 * <p>They speak the line protocol of the contract and know nothing of the balancer.
 */
package io.loble.sim;
