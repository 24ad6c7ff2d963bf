/**
 * A whole world in one process: a balancer, simulated servers behind it and simulated clients in
 * front of it, on loopback. The demo, the scenarios and tests of other projects are built on it. It
 * steers the balancer by the same commands as everyone else and knows nothing of its inside.
 */
package io.loble.testbed;
