/**
 * Chooses backends: one small interface, one file an algorithm.
 *
 * <p>Pure functions of a pool and a client; no I/O, no clock, and the only randomness is what is
 * handed in. Which backends are in rotation is decided elsewhere.
 */
package io.loble.balancer;
