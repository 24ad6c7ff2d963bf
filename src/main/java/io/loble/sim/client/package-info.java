/**
 * Simulated clients: when they begin, what each kind does, and what is measured. Every answer is
 * compared byte for byte with the right one.
 */
package io.loble.sim.client;
