package io.loble.demo;

import io.loble.sim.client.ClientReport;
import io.loble.testbed.BalancerFigures;

/**
 * All figures at a time.
 *
 * @param nanos by a clock that only goes forward
 * @param algorithm of the pool
 */
record Glance(long nanos, String algorithm, BalancerFigures balancer, ClientReport clients) {}
