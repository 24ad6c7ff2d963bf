/** Simulated servers: what they answer, how late, and what they do wrong on purpose. */
package io.loble.sim.server;
