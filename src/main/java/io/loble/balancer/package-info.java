/**
 * Chooses backends. A {@code Picker} holds a pool as one snapshot has it; each connection's {@code
 * Choice} answers with one {@code Pick} after another, for traffic and for its explanation alike.
 * Which backend comes first is for a {@code Balancer} to say: one small interface, one file per
 * algorithm.
 *
 * <p>Pure functions of a pool and a client; no I/O, and the only randomness and the only clock are
 * what is handed in. Which backends are in rotation is decided elsewhere.
 */
package io.loble.balancer;
