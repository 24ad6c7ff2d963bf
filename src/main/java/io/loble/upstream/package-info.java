/**
 * Decides which backends are in rotation, and publishes that as snapshots.
 *
 * <p>The state machine is pure: outcomes and counts go in, states come out, and time enters through
 * parameters. Around it stand the probes, which do the I/O, and the store that hands snapshots to
 * other verticles. Nothing else in the process may change a backend's state.
 *
 * <p>What health tells others stands here too: the orders to close what is left of the connections
 * of a backend that leaves, and the events of which anybody may hear.
 */
package io.loble.upstream;
